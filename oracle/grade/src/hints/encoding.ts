/** The one hint that reading rows needs: apart from the others, so that pages that only show a file do not load those. */
export const LATIN1 =
  'The file may be Latin-1 or Windows-1252. Save it as UTF-8; in pandas: to_csv(…, encoding="utf-8").'
