/** Metrics of one service in a registry of its own, written for Prometheus; no state is shared between services. */
import { Counter, type CounterConfiguration, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type Labels<Label extends string> = readonly Label[]

export type Metrics = Readonly<{
  /** A value that goes up and down. Names get the service's prefix. */
  gauge<Label extends string = never>(name: string, help: string, labels?: Labels<Label>): Gauge<Label>
  /** A value that only grows; its name ends in `_total`. */
  counter<Label extends string = never>(name: string, help: string, labels?: Labels<Label>): Counter<Label>
  /** Runs before each scrape, to set gauges from the state that the service has anyway. */
  beforeScrape(update: () => void | Promise<void>): void
  /** Counts one answer. */
  request(status: number, seconds: number): void
  /** All metrics in the exposition format. */
  text(): Promise<string>
  readonly contentType: string
}>

/** Upper bounds in seconds. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10]

/** @param service part of every name: `stellartrain_<service>_…` */
export function createMetrics(service: string, version: string): Metrics {
  const registry = new Registry()
  const updates: (() => void | Promise<void>)[] = []
  const define = <Label extends string>(name: string, help: string, labels: Labels<Label> = []) =>
    ({
      name: `stellartrain_${service}_${name}`,
      help,
      labelNames: labels,
      registers: [registry],
    }) satisfies CounterConfiguration<Label>
  const requests = new Counter(define('http_requests_total', 'Answers by status.', ['status']))
  const seconds = new Histogram({ ...define('http_request_seconds', 'Time until the answer began.'), buckets: BUCKETS })
  new Gauge(define('info', 'Always 1; its label is the version.', ['version'])).set({ version }, 1)
  let scraped = false
  return {
    gauge: (name, help, labels) => new Gauge(define(name, help, labels)),
    counter: (name, help, labels) => new Counter(define(name, help, labels)),
    beforeScrape: (update) => void updates.push(update),
    request(status, duration) {
      requests.inc({ status })
      seconds.observe(duration)
    },
    async text() {
      // Watching the process has a cost, so it begins with the first reader.
      if (!scraped) collectDefaultMetrics({ register: registry })
      scraped = true
      await Promise.all(updates.map((update) => update()))
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
