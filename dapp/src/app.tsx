/** The table of pages; the list comes with the first load, each other page loads its own code. */
import { Route, Router } from '@solidjs/router'
import { type JSX, lazy } from 'solid-js'
import { Shell } from './components/shell.tsx'
import { preloadChallenges } from './lib/read/preload.ts'
import { patterns } from './lib/site/addresses.ts'
import Challenges from './routes/challenges.tsx'

const Challenge = lazy(() => import('./routes/challenge.tsx'))
const Submit = lazy(() => import('./routes/submit.tsx'))
const Label = lazy(() => import('./routes/label.tsx'))
const Submission = lazy(() => import('./routes/submission.tsx'))
const Create = lazy(() => import('./routes/create.tsx'))
const Account = lazy(() => import('./routes/account.tsx'))
const Oracles = lazy(() => import('./routes/oracles.tsx'))
const Oracle = lazy(() => import('./routes/oracle.tsx'))
const Transaction = lazy(() => import('./routes/transaction.tsx'))
const Verify = lazy(() => import('./routes/verify.tsx'))
const NotFound = lazy(() => import('./routes/not-found.tsx'))

const { number, account, hash } = patterns

export function App(): JSX.Element {
  return (
    <Router root={Shell}>
      <Route path="/" component={Challenges} preload={preloadChallenges} />
      <Route path="/challenges/:id" matchFilters={{ id: number }} component={Challenge} />
      <Route path="/challenges/:id/submit" matchFilters={{ id: number }} component={Submit} />
      <Route path="/challenges/:id/label" matchFilters={{ id: number }} component={Label} />
      <Route path="/challenges/:id/submissions/:number" matchFilters={{ id: number, number }} component={Submission} />
      <Route path="/create" component={Create} />
      <Route path="/accounts/:address" matchFilters={{ address: account }} component={Account} />
      <Route path="/oracles" component={Oracles} />
      <Route path="/oracles/:address" matchFilters={{ address: account }} component={Oracle} />
      <Route path="/tx/:hash" matchFilters={{ hash }} component={Transaction} />
      <Route path="/verify/:id/:number" matchFilters={{ id: number, number }} component={Verify} />
      <Route path="*" component={NotFound} />
    </Router>
  )
}
