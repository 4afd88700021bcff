using System.Text.Json;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Events;

/// <summary>The body of a request to an endpoint.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>; <c>test</c> for a test.</param>
/// <param name="Timestamp">When it happened, as we heard of it.</param>
/// <param name="Data">
/// The call as <c>/api/calls</c> shows it, or the promise as <c>/api/promises</c> does. Both are as they stood when the
/// body was made, a moment after: <c>revision</c> of a call grows with each change.
/// </param>
public sealed record OutgoingEvent(string Type, DateTimeOffset Timestamp, [property: JsonPropertyOrder(1)] object Data);

/// <summary>Makes the bodies.</summary>
public sealed class EventContent(WrapUpStore wrapUps, AgentDirectory agents, Accounts accounts, TimeProvider clock)
{
    /// <summary>Nobody's own view of a call: that of the one who has it.</summary>
    private const string NoViewer = "";

    /// <summary>The body for what happened to a call; null where a wrap-up does not stand any more.</summary>
    public async ValueTask<string?> OfAsync(
        Call call, CallHappening happened, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var roster = await agents.ReadAsync(cancellationToken);
        var view = CallView.Of(call, NoViewer, now).With(roster) with
        {
            NextAction = NextActionView.Of(call, now, accounts.Home.TimeZone),
            ETag = null,
        };
        switch (happened.Type)
        {
            case EventTypes.CallWrappedUp:
                // The version that was saved then. Of one that was corrected since the correction is told.
                var wrapUp = (await wrapUps.ListAsync(call, cancellationToken)).FirstOrDefault(
                    each => !each.Draft && CallHappenings.WrappedUp(each.WhoseId, each.UpdatedAt) == happened);
                if (wrapUp is null)
                {
                    return null;
                }

                view = view with
                {
                    WrapUp = wrapUp with { AgentName = roster.NameOf(wrapUp.AgentId), ETag = null },
                };
                break;
            case EventTypes.RecordReceived:
                var records = RecordView.Of(call);
                view = view with { Record = records.FirstOrDefault(record => record.IsCurrent), Records = records };
                break;
        }

        return Text(happened.Type, at, view);
    }

    public string Of(PromiseToPay promise, DateTimeOffset at) => Text(
        EventTypes.PromiseDue, at, promise.At(clock.GetUtcNow(), accounts.Home.TimeZone) with { ETag = null });

    /// <summary>The body of a test.</summary>
    public static string OfTest(string endpointId, DateTimeOffset at) =>
        Text(TestType, at, new Dictionary<string, string>(StringComparer.Ordinal) { ["endpointId"] = endpointId });

    public const string TestType = "test";

    private static string Text(string type, DateTimeOffset at, object data) =>
        JsonSerializer.Serialize(new OutgoingEvent(type, at, data), ApiJson.Options);
}
