namespace CallMyWay.Functions.Storage;

/// <summary>
/// Every table and queue there is: what the infrastructure creates, and what a copy of the data has to hold.
/// Table names are letters and digits, queue names small letters, digits and dashes: Azure's rules.
/// </summary>
public static class StorageNames
{
    /// <summary>
    /// Calls, one row each: partition the operator's call id, key the account. See docs/storage.md for the keys of each
    /// table.
    /// </summary>
    public const string Calls = "calls";

    public const string CallIndex = "callindex";

    public const string PopUps = "popups";

    public const string Contacts = "contacts";

    public const string ContactNumbers = "contactnumbers";

    public const string ContactNames = "contactnames";

    /// <summary>What imports of contacts are made of, and what they did.</summary>
    public const string ContactImports = "contactimports";

    public const string Mappings = "mappings";

    public const string UnmappedEndpoints = "unmappedendpoints";

    public const string Agents = "agents";

    public const string Outcomes = "outcomes";

    public const string WrapUps = "wrapups";

    public const string FollowUps = "followups";

    public const string Promises = "promises";

    public const string Dials = "dials";

    /// <summary>Lists of people to call, and how far each is.</summary>
    public const string Campaigns = "campaigns";

    /// <summary>When people may be called, and when each was.</summary>
    public const string ContactGuard = "contactguard";

    public const string RefusedEvents = "refusedevents";

    public const string Sweeps = "sweeps";

    /// <summary>Long work, one row for each: the table's name, and the queue's of its steps.</summary>
    public const string Jobs = "jobs";

    public const string OperatorPace = "operatorpace";

    public const string CallRecords = "callrecords";

    public const string RecordPulls = "recordpulls";

    public const string AsideRecords = "asiderecords";

    public const string Statements = "statements";

    public const string Reconciliations = "reconciliations";

    /// <summary>The figures of the reports, and the marks of what has changed since they were worked out.</summary>
    public const string Reports = "reports";

    /// <summary>Which agents are at their screens, who has paused, and who looks at the wallboard.</summary>
    public const string Presence = "presence";

    /// <summary>How long it took until calls were on the screens.</summary>
    public const string ScreenTimes = "screentimes";

    /// <summary>Who changed what: never replaced, and deleted only by their age.</summary>
    public const string Audit = "audit";

    /// <summary>When each key of the webhook was used last.</summary>
    public const string WebhookUse = "webhookuse";

    /// <summary>The runs of the homologation and what is known of their cases.</summary>
    public const string Homologation = "homologation";

    /// <summary>The applications that are told of events, and how they have answered lately.</summary>
    public const string EventEndpoints = "eventendpoints";

    /// <summary>What other applications are told, once for all of them.</summary>
    public const string EventBodies = "eventbodies";

    /// <summary>What was sent to each of them, and what it answered.</summary>
    public const string EventDeliveries = "eventdeliveries";

    /// <summary>What other applications are to be told, and tries that are due.</summary>
    public const string EventsOut = "events-out";

    /// <summary>What keeps campaigns going, and the dials that they order.</summary>
    public const string CampaignDials = "campaign-dials";

    /// <summary>API keys, embed tokens and the origins of other applications' pages.</summary>
    public const string Embedding = "embedding";

    /// <summary>Where a CRM is asked who calls, and how it has answered lately.</summary>
    public const string ContactLookup = "contactlookup";

    /// <summary>The protocols of erased persons.</summary>
    public const string Erasures = "erasures";

    /// <summary>The numbers that must not be called.</summary>
    public const string DoNotCall = "donotcall";

    /// <summary>The operator's notifications, acked and to be processed.</summary>
    public const string CallEvents = "call-events";

    /// <summary>Where a queue's messages go after five tries.</summary>
    public const string PoisonSuffix = "-poison";

    public static IReadOnlyList<string> Tables { get; } =
    [
        Calls, CallIndex, PopUps, Contacts, ContactNumbers, ContactNames, ContactImports, Mappings, UnmappedEndpoints,
        Agents, Outcomes, WrapUps, FollowUps, Promises, Dials, RefusedEvents, Sweeps, Jobs,
        OperatorPace, CallRecords, RecordPulls, AsideRecords,
        Statements, Reconciliations, Reports, ScreenTimes, Presence, Audit,
        WebhookUse, Homologation, EventEndpoints, EventBodies, EventDeliveries, Erasures,
        Embedding, ContactLookup,
        DoNotCall, ContactGuard,
        Campaigns,
    ];

    public static IReadOnlyList<string> Queues { get; } = [CallEvents, Jobs, EventsOut, CampaignDials];

    /// <summary>
    /// The queues of which some messages are sent with a delay. Such a message is older than it has waited.
    /// </summary>
    public static IReadOnlyList<string> QueuesWithDelays { get; } = [Jobs, EventsOut, CampaignDials];
}
