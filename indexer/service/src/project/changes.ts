/** Rows of one kind that are to be written: inserted at once if they are new, upserted if the table knows their key. */
export class Changes<Row> {
  readonly fresh = new Set<Row>()
  readonly changed = new Set<Row>()

  add(row: Row): void {
    this.fresh.add(row)
  }

  /** A known row was changed in place. */
  change(row: Row): void {
    if (!this.fresh.has(row)) this.changed.add(row)
  }

  /** A row takes the place of the one with the same key, if there is one. */
  put(row: Row, instead: Row | undefined): void {
    if (instead === undefined || this.fresh.delete(instead)) this.fresh.add(row)
    else {
      this.changed.delete(instead)
      this.changed.add(row)
    }
  }
}
