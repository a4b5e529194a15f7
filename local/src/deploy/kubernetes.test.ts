/** The manifests keep the rules of ours, and a broken one is noticed. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { kubernetesProblems, manifestProblems } from './kubernetes.ts'

test('the manifests keep every rule', () =>
  expect(kubernetesProblems(fileURLToPath(new URL('../../../deploy/kubernetes', import.meta.url)))).toEqual([]))

test('a pod that promises nothing breaks all of them', () => {
  const container = { name: 'a', image: 'a', volumeMounts: [{ name: 'x' }], env: [{ name: 'SECRET_KEY', value: 'k' }] }
  const spec = { template: { spec: { containers: [container] } } }
  expect(manifestProblems({ kind: 'Deployment', metadata: { name: 'a' }, spec })).toHaveLength(8)
})
