import './without-key.ts'
import '#main/core/cache-worker.ts'
