import type { Observable } from '#shared/model/observable.ts'

/** A plain address the server has; name what matters to the test. */
export function anObservable(over: Partial<Observable> = {}): Observable {
  return {
    id: '~o1',
    dataType: 'ip',
    data: '192.0.2.7',
    tlp: 'amber',
    pap: 'amber',
    tags: [],
    ioc: false,
    sighted: false,
    ignoreSimilarity: false,
    createdAt: 1,
    createdBy: 'feed',
    ...over,
  }
}
