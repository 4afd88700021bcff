using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>A click that passed the checks: the number, the phone, and the agent.</summary>
public sealed record CheckedClick(
    string AgentId,
    string Key,
    string Mark,
    PhoneNumber Number,
    Contact? Contact,
    Mapping Endpoint,
    DialOrder Order,
    bool Force)
{
    /// <summary>The colleague's phone, where a colleague is called.</summary>
    public ColleaguePhone? Colleague { get; init; }

    /// <summary>The campaign's card that is dialled; null for a click of the agent's own.</summary>
    public CampaignDial? Campaign { get; init; }
}

/// <summary>Why a click is not accepted. Nothing was sent or stored.</summary>
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

    /// <summary>The person may not be called now, or not at all.</summary>
    ContactGuard,
}

/// <summary>The dial of a click, or why the click was not accepted.</summary>
public sealed record DialResult(Dial? Dial, DialRefusal? Refusal, Busy? Busy = null)
{
    /// <summary>The account's local time at the refusal, and the hours in which dialling is allowed.</summary>
    public DateTime Local { get; init; }

    public DialHours? Hours { get; init; }

    /// <summary>What the contact guard says, where it refuses.</summary>
    public GuardVerdict? Verdict { get; init; }

    /// <summary>How long until the limit has room again.</summary>
    public TimeSpan Wait { get; init; }
}
