/** The draft of a challenge in this browser: fields in local storage, files in IndexedDB, so that a reload loses nothing. */
import type { FileRole, Form } from './form.ts'

const KEY = 'stellartrain.create'
const DB = 'stellartrain'
const FILES = 'create-files'
const MEDIA = 'media'

export type StoredFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

export function readForm(fallback: Form): Form {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Form> | null
    return saved ? { ...fallback, ...saved, labels: { ...fallback.labels, ...saved.labels } } : fallback
  } catch {
    return fallback
  }
}
export const writeForm = (form: Form): void => localStorage.setItem(KEY, JSON.stringify(form))

export async function readFiles(): Promise<Partial<Record<FileRole, StoredFile>>> {
  const store = await open('readonly')
  const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
  const kept = keys.map((key, at) => [String(key), values[at] as StoredFile] as const)
  return Object.fromEntries(kept.filter(([role]) => role !== MEDIA))
}

/** The images or sounds of a folder, together. */
export async function readMedia(): Promise<StoredFile[]> {
  return ((await done((await open('readonly')).get(MEDIA))) as StoredFile[] | undefined) ?? []
}

export async function writeMedia(files: readonly StoredFile[]): Promise<void> {
  await done((await open('readwrite')).put([...files], MEDIA))
}

export async function writeFile(role: FileRole, file: StoredFile | undefined): Promise<void> {
  const store = await open('readwrite')
  if (file) await done(store.put(file, role))
  else await done(store.delete(role))
}

export async function clearDraft(): Promise<void> {
  localStorage.removeItem(KEY)
  await done((await open('readwrite')).clear())
}

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open(DB, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(FILES)
  const database = await done(request)
  return database.transaction(FILES, mode).objectStore(FILES)
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
