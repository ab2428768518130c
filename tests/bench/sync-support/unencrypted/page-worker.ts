import '#main/core/page-worker.ts'
