namespace CallMyWay.Functions.Contacts;

/// <summary>A contact who may be the other party of a call, and the reason to think so.</summary>
public sealed record Candidate(string ContactId, string Name, MatchReason Reason)
{
    /// <summary>The identity document, where another candidate of the call has the same name.</summary>
    public string? Document { get; init; }

    /// <summary>What the contact owes, as its file said when the call came; only where a name is shared too.</summary>
    public string? Balance { get; init; }
}

/// <summary>Why a contact is a candidate, the strongest reason first.</summary>
public enum MatchReason
{
    /// <summary>The agent clicked this contact to call.</summary>
    Dialled,

    /// <summary>An agent chose this contact for this call.</summary>
    Chosen,

    /// <summary>An agent chose this contact the last time this number called.</summary>
    ChosenBefore,

    /// <summary>The number is the contact's main one.</summary>
    MainNumber,

    /// <summary>The number is one of the contact's other ones.</summary>
    OtherNumber,

    /// <summary>The national number is the same. The country code is missing in one of them, or differs.</summary>
    NationalNumber,

    /// <summary>Only the last eight digits are the same: a hint to check.</summary>
    LastDigits,
}

/// <summary>How the contact of a call was found.</summary>
public enum MatchKind
{
    /// <summary>No contact has this number.</summary>
    None,

    One,

    /// <summary>Several contacts have this number; the agent picks one.</summary>
    Many,

    /// <summary>The caller hides the number; the agent searches.</summary>
    Private,

    /// <summary>The agent clicked the contact, so it is known beforehand.</summary>
    Dialled,
}
