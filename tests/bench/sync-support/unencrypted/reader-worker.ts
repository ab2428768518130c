import './without-key.ts'
import '#main/core/reader-worker.ts'
