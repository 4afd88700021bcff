using CallMyWay.Functions.Agents;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Under which user ids an agent's screens are connected to Azure SignalR Service. The service sends to all of a user's
/// connections, so an overseer's screens with an embed token are another user, to whom nothing is sent that is for the
/// console alone. Of other agents there is one user for all screens, which costs one request for each message: their
/// lists have their own calls and nobody else's.
/// </summary>
internal sealed class ScreenUsers(AgentStore agents, AgentDirectory directory)
{
    // No agent's id has this character.
    private const string Embedded = "~embedded";

    /// <summary>Both, whoever the agent is.</summary>
    public static IReadOnlyList<string> AllOf(string agentId) => [agentId, agentId + Embedded];

    /// <summary>The user as whom a screen connects.</summary>
    /// <param name="agentId">Whose screen it is.</param>
    /// <param name="isEmbedded">True where the agent came in by an embed token.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<string> OfScreenAsync(
        string agentId, bool isEmbedded, CancellationToken cancellationToken) =>
        // As the row is now: the directory of another process than the one that changed it can be older.
        isEmbedded && (await agents.GetAsync(agentId, cancellationToken))?.IsOverseer() != false
            ? agentId + Embedded
            : agentId;

    /// <summary>The users to whom a message is sent.</summary>
    public async ValueTask<IReadOnlyList<string>> OfMessageAsync(
        string agentId, ScreenMessage message, CancellationToken cancellationToken) =>
        !message.IsForTheConsoleAlone() && await MayBeTwoAsync(agentId, cancellationToken)
            ? AllOf(agentId)
            : [agentId];

    // Where it can't be known, a second message to nobody is better than one that is missing.
    private async ValueTask<bool> MayBeTwoAsync(string agentId, CancellationToken cancellationToken)
    {
        try
        {
            return (await directory.ReadAsync(cancellationToken)).Find(agentId)?.IsOverseer() != false;
        }
        catch (StorageException)
        {
            return true;
        }
    }
}
