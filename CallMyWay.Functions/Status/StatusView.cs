namespace CallMyWay.Functions.Status;

/// <summary>How a part of the system is.</summary>
public enum Condition
{
    Good,

    /// <summary>It works, and somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}

/// <summary>How a part is, and what to do.</summary>
public abstract record StatusPart
{
    public required Condition State { get; init; }

    /// <summary>What to do, in plain words of the caller's language; null where nothing is to be done.</summary>
    public string? Advice { get; init; }
}

/// <summary>The operator's notifications.</summary>
public sealed record WebhookStatus : StatusPart
{
    /// <summary>When the last one came, to a minute; null where none ever did.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>The pull of an account's call records.</summary>
public sealed record RecordsStatus : StatusPart
{
    public required string Account { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How old the time is until which all records were read.</summary>
    public int? SecondsBehind { get; init; }

    /// <summary>What is wrong, in plain words.</summary>
    public string? LastError { get; init; }
}

/// <summary>A queue.</summary>
public sealed record QueueStatus : StatusPart
{
    public required string Name { get; init; }

    /// <summary>How many messages are in it, also those that are being worked on.</summary>
    public required long Waiting { get; init; }

    /// <summary>How long the message at its front has been waiting; null where none is.</summary>
    public int? OldestSeconds { get; init; }

    /// <summary>How many messages failed at each try and were set aside.</summary>
    public required long Poison { get; init; }
}

/// <summary>Notifications that were refused and kept.</summary>
public sealed record RefusedStatus : StatusPart
{
    /// <summary>How many came in the last 24 hours, at most <see cref="StatusReader.MostRefused"/>.</summary>
    public required int LastDay { get; init; }
}

/// <summary>The screens of agents.</summary>
public sealed record ScreensStatus : StatusPart
{
    /// <summary>How many are connected; where a service has the connections, how many agents are there.</summary>
    public required int Connected { get; init; }

    /// <summary>How many agents are at a screen.</summary>
    public required int Agents { get; init; }
}

/// <summary>The last seven days of an account before today: whether all calls are known from both sides.</summary>
public sealed record ReconciliationStatus : StatusPart
{
    public required string Account { get; init; }

    /// <summary>Days that somebody has to look at.</summary>
    public required int Open { get; init; }

    /// <summary>Days that are not worked out yet.</summary>
    public required int Pending { get; init; }

    /// <summary>The newest of the open days.</summary>
    public DateOnly? OpenDay { get; init; }
}

/// <summary>Another application that is told of events.</summary>
public sealed record EventsStatus : StatusPart
{
    public required string EndpointId { get; init; }

    /// <summary>What administrators call it, else the host of its address.</summary>
    public required string Name { get; init; }

    /// <summary>Since when it takes nothing, or gets nothing; null where all is well.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What went wrong last, in plain words; null where all is well.</summary>
    public string? LastError { get; init; }
}

/// <summary>The CRM that is asked at each call who calls.</summary>
public sealed record LookupStatus : StatusPart
{
    /// <summary>False where none is asked.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Since when it has been of no use; null where all is well.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What went wrong last, in plain words; null where all is well.</summary>
    public string? LastError { get; init; }
}

/// <summary>Whether the storage takes what is written.</summary>
public sealed record StorageStatus : StatusPart;

/// <summary>The disk that the data is on, in bytes.</summary>
public sealed record DiskStatus : StatusPart
{
    public required long FreeBytes { get; init; }

    public required long TotalBytes { get; init; }

    public long? DatabaseBytes { get; init; }
}

/// <summary>The backups of the host.</summary>
public sealed record BackupsStatus : StatusPart
{
    /// <summary>When the newest was made; null where there is none yet.</summary>
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>How the system is. A part that could not be read is missing.</summary>
public sealed record StatusView
{
    /// <summary>The worst of all parts.</summary>
    public required Condition State { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Version { get; init; }

    public required StorageStatus Storage { get; init; }

    public WebhookStatus? Webhook { get; init; }

    public IReadOnlyList<RecordsStatus>? Records { get; init; }

    public IReadOnlyList<QueueStatus>? Queues { get; init; }

    public RefusedStatus? Refused { get; init; }

    public ScreensStatus? Screens { get; init; }

    public IReadOnlyList<ReconciliationStatus>? Reconciliation { get; init; }

    /// <summary>The applications that are told of events, without those that are turned off.</summary>
    public IReadOnlyList<EventsStatus>? Events { get; init; }

    public LookupStatus? Lookup { get; init; }

    /// <summary>Null where the data is on no disk of the host.</summary>
    public DiskStatus? Disk { get; init; }

    /// <summary>Null where the host makes no backup by itself, and none has failed.</summary>
    public BackupsStatus? Backups { get; init; }
}
