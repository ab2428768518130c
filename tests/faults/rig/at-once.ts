/** Works through `jobs`, so many at a time; answers in their order. When one fails the others come to their end all the same. */
export async function atOnce<J, R>(
  jobs: readonly J[],
  most: number,
  work: (job: J) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const left = jobs.map((job, at) => ({ job, at }))
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      results[next.at] = await work(next.job)
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(most, jobs.length) }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return results
}
