/** Types of the elements of tensors: ONNX's number of each, and its bytes. */
export const ELEMENTS = {
  float32: { code: 1, bytes: 4 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
  string: { code: 8, bytes: 0 },
  bool: { code: 9, bytes: 1 },
  float64: { code: 11, bytes: 8 },
} as const

export type Elements = keyof typeof ELEMENTS
