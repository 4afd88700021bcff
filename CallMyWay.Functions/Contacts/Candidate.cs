namespace CallMyWay.Functions.Contacts;

/// <summary>A contact that a call may be with, and why we think so.</summary>
public sealed record Candidate(string ContactId, string Name, MatchReason Reason);

/// <summary>Why a contact is a candidate, the strongest reason first.</summary>
public enum MatchReason
{
    /// <summary>The agent clicked this contact to call.</summary>
    Dialled,

    /// <summary>An agent chose this contact for this call.</summary>
    Chosen,

    /// <summary>An agent chose this contact the last time for this number.</summary>
    ChosenBefore,

    /// <summary>The number is the contact's first one.</summary>
    MainNumber,

    /// <summary>The number is another one of the contact's.</summary>
    OtherNumber,

    /// <summary>The same national number, written without or with another country.</summary>
    NationalNumber,

    /// <summary>Only the last eight digits are the same: a hint to check.</summary>
    LastDigits,
}

/// <summary>How the contact of a call was found.</summary>
public enum MatchKind
{
    /// <summary>Nobody has this number.</summary>
    None,

    One,

    /// <summary>The agent picks.</summary>
    Many,

    /// <summary>The caller hides the number; the agent searches.</summary>
    Private,

    /// <summary>Known beforehand, by the agent's click.</summary>
    Dialled,
}
