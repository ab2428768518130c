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

export const profilePermissions: Record<string, readonly string[]> = {
  admin,
  'org-admin': orgAdmin,
  analyst,
  'read-only': [],
}
