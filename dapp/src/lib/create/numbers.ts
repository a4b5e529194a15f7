/** Numbers as they are typed. */

export const whole = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null)
export const decimal = (text: string): number | null => (/^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null)
export const within = (value: number | null, low: number, high: number): value is number =>
  value !== null && value >= low && value <= high
