using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Agents;

/// <summary>Why an agent can't be deleted now.</summary>
/// <param name="Why">In plain words, with what to do.</param>
/// <param name="CanBeLeft">
/// True where an administrator may leave it as it is: the supervisors see it, and it is lost for nobody.
/// </param>
public sealed record AgentHold(Phrase Why, bool CanBeLeft = false);
