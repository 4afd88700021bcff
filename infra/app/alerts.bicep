// Who is told, of what, and what a month may cost. docs/azure.md says what to do about each.
param token string
param location string
param tags object
param emails string[]
@description('The names of the worker\'s metrics (names.json).')
param metrics {
  webhookReceived: string
  webhookRefused: string
  popUpDelay: string
  messageAge: string
  oldestMessageAge: string
  poisonMessages: string
  operatorRequests: string
  openDays: string
  recordsBehind: string
}
param workspaceId string
param signalRId string
@description('How many messages a day SignalR carries before it refuses or costs more.')
param dailyMessages int
param hours { timeZone: string, opensAt: int, closesAt: int }
@description('What a month may cost, and since when; null for no budget.')
param budget { amount: int, start: string }?

module people 'br/public:avm/res/insights/action-group:0.8.0' = {
  params: {
    name: 'ag-${token}'
    groupShortName: 'callmyway'
    tags: tags
    emailReceivers: [for (email, i) in emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }]
    enableTelemetry: false
  }
}

// Each query answers with rows only when something is wrong. A window is longer than the time between two looks where one row counts: what
// comes in late is in the next. Of a gauge the exporter sends the value alone, which is its Sum; Min and Max are a histogram's.
var rules = [
  {
    name: 'poison-messages'
    says: 'A message of a queue failed five times and was set aside: a notification, a step of a job, an event or a campaign.'
    severity: 1
    every: 'PT5M'
    over: 'PT15M'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Messages = max(Sum) | where Messages > 0'''
    values: [metrics.poisonMessages]
  }
  {
    name: 'queue-age'
    says: 'A notification has waited for more than a minute: pop-ups are late, or don\'t come.'
    severity: 1
    every: 'PT5M'
    over: 'PT10M'
    query: '''
      AppMetrics | where Name == '{0}' or (Name == '{1}' and tostring(Properties.queue) == 'call-events')
      | summarize Seconds = max(iff(Name == '{1}', Sum, Max)) | where Seconds > 60'''
    values: [metrics.messageAge, metrics.oldestMessageAge]
  }
  {
    name: 'late-pop-ups'
    says: 'From the webhook to the screen it takes more than a second in the mean.'
    severity: 2
    every: 'PT15M'
    over: 'PT15M'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Seconds = sum(Sum) / sum(ItemCount), PopUps = sum(ItemCount) | where PopUps >= 10 and Seconds > 1'''
    values: [metrics.popUpDelay]
  }
  {
    name: 'webhook-refused'
    says: 'The webhook refused more than 30 notifications in ten minutes: the operator has an old key, or somebody tries keys.'
    severity: 2
    every: 'PT5M'
    over: 'PT10M'
    query: '''
      AppMetrics | where Name == '{0}' and tostring(Properties.status) startswith '4'
      | summarize Refused = sum(Sum) | where Refused > 30'''
    values: [metrics.webhookRefused]
  }
  {
    name: 'webhook-fails'
    says: 'The webhook could not keep a notification, as the storage did not answer. Whether the operator sends it again is not known.'
    severity: 0
    every: 'PT5M'
    over: 'PT10M'
    query: '''
      AppMetrics | where Name == '{0}' and tostring(Properties.status) startswith '5'
      | summarize Failed = sum(Sum) | where Failed > 0'''
    values: [metrics.webhookRefused]
  }
  {
    name: 'webhook-silent'
    says: 'No notification came in an hour of working time, Monday to Friday.'
    severity: 1
    every: 'PT15M'
    over: 'PT1H'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Received = sum(Sum)
      | extend Local = datetime_utc_to_local(now(), '{1}')
      | where Received == 0 and toint(dayofweek(Local) / 1d) between (1 .. 5)
      | where hourofday(Local) > {2} and hourofday(Local) < {3}'''
    values: [metrics.webhookReceived, hours.timeZone, string(hours.opensAt), string(hours.closesAt)]
  }
  {
    name: 'operator-refuses'
    says: 'More than five clicks in a quarter of an hour were not accepted by the operator: its list of addresses, the password, or the operator itself.'
    severity: 2
    every: 'PT15M'
    over: 'PT15M'
    query: '''
      AppMetrics | where Name == '{0}' and tostring(Properties.result) != 'accepted'
      | summarize Refused = sum(Sum) | where Refused > 5'''
    values: [metrics.operatorRequests]
  }
  {
    name: 'late-records'
    says: 'The call records are more than half an hour old: the operator does not give them, or does not let us ask.'
    severity: 2
    every: 'PT15M'
    over: 'PT15M'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Seconds = max(Sum) | where Seconds > 1800'''
    values: [metrics.recordsBehind]
  }
  {
    name: 'schedule-stopped'
    says: 'Nothing has run by schedule for half an hour: no record is pulled, and no other alert tells of messages that were set aside, late records or open days.'
    severity: 1
    every: 'PT15M'
    over: 'PT30M'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Measured = count() | where Measured == 0'''
    values: [metrics.poisonMessages]
  }
  {
    name: 'open-days'
    says: 'A day does not reconcile: a call of the last month has no record, or a record could not be read.'
    severity: 2
    every: 'PT15M'
    over: 'PT1H'
    query: '''
      AppMetrics | where Name == '{0}'
      | summarize Days = max(Sum) | where Days > 0'''
    values: [metrics.openDays]
  }
]

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.name
      description: rule.says
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      // The tables come into being with the first metric that is sent.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: format(rule.query, rule.values[0], rule.values[?1] ?? '', rule.values[?2] ?? '', rule.values[?3] ?? '')
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.outputs.resourceId] }
    }
  }
]

var quotas = [
  { name: 'signalr-connections', metric: 'ConnectionQuotaUtilization', aggregation: 'Maximum', threshold: 80, over: 'PT5M', every: 'PT5M' }
  { name: 'signalr-messages', metric: 'MessageCount', aggregation: 'Total', threshold: dailyMessages * 8 / 10, over: 'P1D', every: 'PT1H' }
]

resource quota 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in quotas: {
    name: 'alert-${rule.name}-${token}'
    location: 'global'
    tags: tags
    properties: {
      description: 'SignalR is at four fifths of what it carries: then screens are told nothing, and find their pop-ups by reading only.'
      severity: 2
      enabled: true
      scopes: [signalRId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: rule.metric
            criterionType: 'StaticThresholdCriterion'
            metricName: rule.metric
            operator: 'GreaterThan'
            threshold: rule.threshold
            timeAggregation: rule.aggregation
          }
        ]
      }
      actions: [{ actionGroupId: people.outputs.resourceId }]
    }
  }
]

resource limit 'Microsoft.Consumption/budgets@2023-11-01' = if (budget != null) {
  name: 'budget-${token}'
  properties: {
    category: 'Cost'
    amount: budget!.amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: budget!.start }
    notifications: {
      actual: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: emails }
      forecast: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted', contactEmails: emails }
    }
  }
}
