/** The table of pages; the list comes with the first load, each other page loads its own code. */
import { Route, Router } from '@solidjs/router'
import { type JSX, lazy } from 'solid-js'
import { Shell } from './components/shell.tsx'
import { preloadChallenges } from './lib/preload.ts'
import Challenges from './routes/challenges.tsx'

const Challenge = lazy(() => import('./routes/challenge.tsx'))
const Submit = lazy(() => import('./routes/submit.tsx'))
const Submission = lazy(() => import('./routes/submission.tsx'))
const Create = lazy(() => import('./routes/create.tsx'))
const Account = lazy(() => import('./routes/account.tsx'))
const Oracles = lazy(() => import('./routes/oracles.tsx'))
const Transaction = lazy(() => import('./routes/transaction.tsx'))
const Verify = lazy(() => import('./routes/verify.tsx'))
const NotFound = lazy(() => import('./routes/not-found.tsx'))

export function App(): JSX.Element {
  return (
    <Router root={Shell}>
      <Route path="/" component={Challenges} preload={preloadChallenges} />
      <Route path="/challenges/:id" component={Challenge} />
      <Route path="/challenges/:id/submit" component={Submit} />
      <Route path="/challenges/:id/submissions/:number" component={Submission} />
      <Route path="/create" component={Create} />
      <Route path="/accounts/:address" component={Account} />
      <Route path="/oracles" component={Oracles} />
      <Route path="/tx/:hash" component={Transaction} />
      <Route path="/verify/:id/:number" component={Verify} />
      <Route path="*" component={NotFound} />
    </Router>
  )
}
