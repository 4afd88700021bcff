using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;

namespace CallMyWay.Functions.FollowUps;

/// <summary>A task after a call, noted by an agent.</summary>
public sealed record FollowUp : DueItem
{
    [JsonConstructor]
    public FollowUp()
    {
    }

    [SetsRequiredMembers]
    public FollowUp(
        string followUpId, Call call, string agentId, Contact? contact, DateTimeOffset dueAt, string? note)
        : base(call, agentId, contact, dueAt) => (FollowUpId, Note) = (followUpId, note);

    public override string Id => FollowUpId;

    public override NextActionKind Kind => NextActionKind.FollowUp;

    public required string FollowUpId { get; init; }

    public string? Note { get; init; }

    protected override NextAction Describe(NextAction action) => action with { Note = NextAction.Shortened(Note) };
}
