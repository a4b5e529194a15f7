/** First of all: a disk syncs many files in the time of one, and Node has four threads for them unless told so before their first use. */
process.env.UV_THREADPOOL_SIZE ??= '16'
