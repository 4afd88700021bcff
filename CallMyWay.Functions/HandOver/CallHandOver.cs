using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.HandOver;

/// <summary>
/// Hands an agent's calls over that are past and not finished: the other finds them among their own, and is asked for
/// the outcome or the return. For the agent they are done. Who talked in them, and who missed them, stays as it was.
/// </summary>
public sealed class CallHandOver(
    Belongings belongings,
    CallStore calls,
    CallWriter writer,
    PopUpStore popUps,
    PopUpScreens screens,
    TeamScreens teams,
    TimeProvider clock)
{
    /// <summary>Each takes several storage requests, some of them at once.</summary>
    private const int AtATime = 4;

    /// <summary>How many are moved in a step of the job.</summary>
    private const int Most = 100;

    /// <summary>How many calls were moved, and whether there are more.</summary>
    public async Task<(int Moved, bool AreMore)> MoveAsync(string from, Agent to, CancellationToken cancellationToken)
    {
        var moved = 0;
        var found = await belongings.ListCallsAsync(from, cancellationToken);
        foreach (var some in found.Take(Most).Chunk(AtATime))
        {
            var done = await Task.WhenAll(some.Select(key => MoveAsync(key, from, to, cancellationToken)));
            moved += done.Count(isMoved => isMoved);
        }

        return (moved, moved > 0 && found.Count > Most);
    }

    private async Task<bool> MoveAsync(CallKey key, string from, Agent to, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        Call? before = null;
        Row? popUp = null;
        if (await writer.ChangeAsync(FindAsync, call => Moved(call, from, to, now), cancellationToken) is not { } saved)
        {
            return false;
        }

        await popUps.CloseAsync(popUp is null ? [] : [popUp], CancellationToken.None);
        if (saved.AgentOf(from) is { } agent)
        {
            await screens.CloseAsync(saved, agent, CancellationToken.None);
        }

        teams.Tell(saved, before);
        return true;

        async ValueTask<Call?> FindAsync(CancellationToken token)
        {
            before = await calls.GetAsync(key, token);
            if (before?.AgentOf(from) is null || before.StateAt(now) != CallState.Ended)
            {
                return null;
            }

            popUp = await popUps.FindOpenAsync(before, from, token);
            return ReferenceEquals(Moved(before, from, to, now), before.Facts) ? null : before;
        }
    }

    private static CallFacts Moved(Call call, string from, Agent to, DateTimeOffset now)
    {
        var part = call.AgentOf(from)!;
        var theirs = new CallAgent(to.AgentId, part.EndpointId)
        {
            OtherEndpoints = part.OtherEndpoints,
            Team = to.Team,
            Number = part.Number,
            Colleague = part.Colleague,
            HandedFrom = call.TalkerIds().Contains(from) ? from : part.Finishes ?? from,
        };
        return call.Facts.Handed(new HeardAgent(now, theirs))
            .With(new AgentDecision(DecisionKind.Acknowledged, now, from))
            .With(new AgentDecision(DecisionKind.Dismissed, now, from));
    }
}
