/** How deep the trees of an ensemble are: their nodes are listed by strangers, who could lead a walk round in a circle. */
import { GRAPH_LIMITS } from '../graph.ts'
import { refuse } from '../refusal.ts'
import { type Call, pairs } from '../value.ts'

/** Steps of one row through all trees, which are the longest way down each; and those of reading them. */
export function depthOf(call: Call): { readonly depth: number; readonly reading: number } {
  const column = (name: string) => call.ints(`nodes_${name}`) ?? []
  const [trees, nodes, left, right] = [
    column('treeids'),
    column('nodeids'),
    column('truenodeids'),
    column('falsenodeids'),
  ]
  const count = trees.length
  if (count === 0 || [nodes, left, right].some(({ length }) => length !== count))
    return broken('lists of other lengths')
  const modes = call.node.attributes.get('nodes_modes')
  if (modes?.texts !== count) return broken('lists of other lengths')
  const places = new Map<string, number>()
  for (const [i, tree] of trees.entries()) {
    const key = `${tree} ${nodes[i]}`
    if (places.has(key)) return broken('a node that occurs twice')
    places.set(key, i)
  }
  const depths = new Int32Array(count).fill(-1)
  const parents = new Int32Array(count).fill(-1)
  const children = (i: number) => [left[i]!, right[i]!]
  const leaves = new Set(modes.leaves)
  for (let i = 0; i < count; i++)
    for (const child of leaves.has(i) ? [] : children(i)) {
      const place = places.get(`${trees[i]} ${child}`) ?? broken('a node that is not there')
      if (place === i || parents[place] !== -1) return broken('a node with two parents')
      parents[place] = i
    }
  const roots = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    if (parents[i] !== -1) continue
    if (roots.has(trees[i]!)) return broken('a tree with two roots')
    roots.set(trees[i]!, 0)
    depths[i] = 0
  }
  // Nodes in a circle have no way up to a root.
  let all = 0
  const way: number[] = []
  for (let i = 0; i < count; i++) {
    let at = i
    while (depths[at] === -1) {
      way.push(at)
      at = parents[at]!
      if (way.length > count) return broken('nodes in a circle')
    }
    while (way.length > 0) {
      const below = way.pop()!
      depths[below] = depths[at]! + 1
      at = below
    }
    const depth = depths[i]!
    if (depth > GRAPH_LIMITS.levels) refuse('too_large', `a tree has more than ${GRAPH_LIMITS.levels} levels`)
    const tree = trees[i]!
    if (depth > roots.get(tree)!) {
      all += depth - roots.get(tree)!
      roots.set(tree, depth)
    }
  }
  // The runtime takes the square of a tree's nodes to read it.
  const sizes = new Map<number, number>()
  for (const tree of trees) sizes.set(tree, (sizes.get(tree) ?? 0) + 1)
  const reading = [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0)
  return { depth: all + roots.size, reading }
}

/** What one row adds up: of each tree the leaf with the most entries. */
export function leavesOf(call: Call, kind: 'class' | 'target'): number {
  const [trees, nodes] = [call.ints(`${kind}_treeids`) ?? [], call.ints(`${kind}_nodeids`) ?? []]
  if (trees.length !== nodes.length) return broken('lists of other lengths')
  const counts = new Map<string, number>()
  const most = new Map<number, number>()
  for (const [i, tree] of trees.entries()) {
    const key = `${tree} ${nodes[i]}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > (most.get(tree) ?? 0)) most.set(tree, count)
  }
  return [...most.values()].reduce((all, one) => all + one, 0)
}

const broken = (what: string): never => refuse('malformed', `an ensemble of trees has ${what}`)
