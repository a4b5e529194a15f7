/** Starts the program of the package whose command's file is at `bin`, or says which Node it needs. */
export function startBin(bin: string, node?: string): Promise<void>
