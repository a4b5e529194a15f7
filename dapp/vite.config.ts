/** The static build: Solid pages, styles from one theme file, one folder that any web server can serve. */
import unocss from 'unocss/vite'
import { defaultClientConditions, defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

export default defineConfig({
  root: import.meta.dirname,
  // Packages of this repository are taken from their sources.
  resolve: { conditions: ['stellartrain-source', ...defaultClientConditions] },
  plugins: [unocss(), solid()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    emptyOutDir: true,
    reportCompressedSize: false,
    manifest: true,
    // What the first page needs comes as one file: on a slow phone each further one costs a round trip.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  worker: { format: 'es' },
})
