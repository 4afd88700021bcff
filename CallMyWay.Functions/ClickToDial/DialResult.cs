using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>A click that was checked: what is dialled, from which phone, in whose name.</summary>
public sealed record CheckedClick(
    string AgentId,
    string Key,
    string Mark,
    PhoneNumber Number,
    string? ContactId,
    Mapping Endpoint,
    DialOrder Order,
    bool Force);

/// <summary>Why a click is not taken. Nothing was sent, and nothing is remembered of it.</summary>
public enum DialRefusal
{
    KeyUsedForAnother,
    Busy,
    SwitchedOff,
    NumberNotAllowed,
    OutsideHours,
    AgentHour,
    AgentDay,
    TotalHour,
    TotalDay,
}

/// <summary>The dial that a click led to, or why it was not taken.</summary>
public sealed record DialResult(Dial? Dial, DialRefusal? Refusal, Busy? Busy = null)
{
    /// <summary>What the account's clocks showed when it was refused, and the hours that hold.</summary>
    public DateTime Local { get; init; }

    public DialHours? Hours { get; init; }

    /// <summary>How long a limit that was reached holds.</summary>
    public TimeSpan Wait { get; init; }
}
