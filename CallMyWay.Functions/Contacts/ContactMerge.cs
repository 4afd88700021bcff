using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// That a contact was merged into another one, beside the contact in its row. With <see cref="PointsTo"/> the row only
/// leads to the other contact: it has no index rows, and whoever asks for its id gets that contact. All that the row
/// held stays in it, so that the merge can be undone.
/// </summary>
public sealed record ContactMerge
{
    /// <summary>For how long a merge can be undone.</summary>
    public static readonly TimeSpan UndoableFor = TimeSpan.FromDays(1);

    /// <summary>How many contacts one can be, itself included: each is a query of a list by contact.</summary>
    public const int MostContacts = 16;

    /// <summary>The merged contact's id, <c>~</c>, and what no other merge of it has.</summary>
    public required string MergeId { get; init; }

    /// <summary>The contact that it was merged into.</summary>
    public required string Into { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The supervisor who merged them.</summary>
    public required string By { get; init; }

    /// <summary>
    /// Where the row leads: to <see cref="Into"/>, or to the contact that it was merged into later. Null while the
    /// merge is under way, and after it was undone.
    /// </summary>
    public string? PointsTo { get; init; }

    /// <summary>The other contact as it was before.</summary>
    public required Contact Before { get; init; }

    /// <summary>The version of the merged contact before: a repeated request names it.</summary>
    public string? Version { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>
    /// Since when the application that kept the merged contact has it no more: what it has deleted does not come back
    /// by an undo. Null where it has.
    /// </summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>What was changed in the other contact since, and so stayed there when the merge was undone.</summary>
    public IReadOnlyList<string>? NotTakenBack { get; init; }

    /// <summary>True from its announcement until the row leads to the other contact.</summary>
    [JsonIgnore]
    public bool IsUnderWay => PointsTo is null && UndoneAt is null;

    /// <summary>Until when it can be undone.</summary>
    [JsonIgnore]
    public DateTimeOffset UndoableUntil => At + UndoableFor;
}
