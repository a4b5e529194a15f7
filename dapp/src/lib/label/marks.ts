/** Colors that stand for labels in an item, far apart for neighbors; text on them keeps the color of the page's own ink. */
const GOLDEN_ANGLE = 137.5

const hue = (place: number): number => Math.round((210 + place * GOLDEN_ANGLE) % 360)

/** Lines and small squares. */
export const lineOf = (place: number): string => `hsl(${hue(place)} 70% 45%)`
/** What is laid under a text or over a picture. */
export const washOf = (place: number): string => `hsl(${hue(place)} 80% 50% / 0.22)`
