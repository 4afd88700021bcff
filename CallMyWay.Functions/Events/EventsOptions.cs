namespace CallMyWay.Functions.Events;

/// <summary>How other applications are told of events: the section <c>Events</c> of the settings.</summary>
public sealed class EventsOptions
{
    public const string Section = "Events";

    /// <summary>
    /// True where receivers may be at private addresses, also of this machine, and without TLS. For development and
    /// tests on LocalHost: whoever may enter an address could reach inner machines by it.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver has taken nothing when it is paused.</summary>
    public TimeSpan PauseAfter { get; set; } = TimeSpan.FromDays(1);
}
