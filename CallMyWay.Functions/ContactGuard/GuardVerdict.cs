using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>Why a person may not be called now.</summary>
public enum GuardReason
{
    /// <summary>Where the person is, it is not an hour for calls.</summary>
    OutsideHours,

    Holiday,

    /// <summary>The person was called as often today as is allowed.</summary>
    PerDay,

    /// <summary>The same of the last seven days.</summary>
    PerWeek,

    /// <summary>The last call to the person was too short a time ago.</summary>
    Gap,

    /// <summary>The number is on the do-not-call list.</summary>
    DoNotCall,

    /// <summary>The rules or the list can't be read, so nobody is called.</summary>
    Unreadable,
}

/// <summary>Whether a person may be called now.</summary>
/// <param name="Reason">Why not; null where it is allowed.</param>
/// <param name="Why">The same in a sentence for the agent.</param>
/// <param name="AllowedFrom">
/// When the rules will allow it; null where it is allowed now, and where no such time is known.
/// </param>
public sealed record GuardVerdict(GuardReason? Reason, Phrase? Why, DateTimeOffset? AllowedFrom)
{
    public static GuardVerdict Yes { get; } = new(null, null, null);

    public bool Allowed => Reason is null;
}
