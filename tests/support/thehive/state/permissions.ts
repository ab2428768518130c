import type { Flavour } from './server-kind.ts'

/** The permission names TheHive 5 documents on its operations, grouped into the profiles a new server has. */

const analyst = [
  'manageAlert/create',
  'manageAlert/update',
  'manageAlert/delete',
  'manageAlert/import',
  'manageAlert/reopen',
  'manageCase/create',
  'manageCase/update',
  'manageCase/delete',
  'manageCase/merge',
  'manageCase/reopen',
  'manageObservable',
  'manageComment',
  'manageProcedure',
  'manageTask',
  'managePage',
  'manageAction',
  'manageAnalyse',
  'manageShare',
  'manageDashboard',
  'manageCaseReport',
  'accessTheHiveFS',
] as const

const orgAdmin = [
  ...analyst,
  'manageUser',
  'manageCaseTemplate',
  'managePageTemplate',
  'manageTag',
  'manageConfig',
  'manageKnowledgeBase',
  'manageCaseReportTemplate',
  'manageFunction/create',
  'manageFunction/invoke',
  'manageCaseAccess/restrict',
] as const

const admin = [
  'managePlatform',
  'manageOrganisation',
  'manageProfile',
  'manageUser',
  'manageCustomField',
  'manageObservableTemplate',
  'managePattern',
  'manageTaxonomy',
  'manageConfig',
  'manageAnalyzerTemplate',
] as const

type Profiles = Record<'admin' | 'org-admin' | 'analyst' | 'read-only', readonly string[]>

const analystOfFour = [
  ...['manageAlert', 'manageCase', 'manageObservable', 'manageTask', 'manageProcedure', 'managePage'],
  ...['manageAction', 'manageAnalyse', 'manageShare', 'accessTheHiveFS'],
]

const profiles: Record<Flavour, Profiles> = {
  thehive5: { admin, 'org-admin': orgAdmin, analyst, 'read-only': [] },
  thehive4: {
    admin,
    'org-admin': [...analystOfFour, 'manageUser', 'manageCaseTemplate', 'manageTag', 'manageConfig'],
    analyst: analystOfFour,
    'read-only': [],
  },
  // A TheHive 3 user has roles; `write` does not include `alert`, the right to create alerts.
  thehive3: {
    admin: ['read', 'write', 'admin'],
    'org-admin': ['read', 'write', 'admin', 'alert'],
    analyst: ['read', 'write', 'alert'],
    'read-only': ['read'],
  },
}

/** What a member may do, by the name of their profile. */
export const profilesOf = (flavour: Flavour): Profiles => profiles[flavour]
