using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Finds the agents of a call that came before their phones were mapped. A phone is found as at a new call: by the
/// endpoint that a notification named, else by the phone's number on the side that is ours.
/// </summary>
public sealed class EarlierCallRouter(RecordRouter router, Accounts accounts)
{
    /// <summary>
    /// The agents that a call without any has by now. Empty for a call that goes on: its next notification names them,
    /// and opens their pop-ups.
    /// </summary>
    public IReadOnlyList<CallAgent> FindAgents(Call call, MappedPhones phones, AgentRoster agents, DateTimeOffset now)
    {
        if (call.Agents.Count > 0 || call.IsNoted || call.StateAt(now) != CallState.Ended)
        {
            return [];
        }

        var account = accounts.Find(call.Account);
        var began = account.LocalTime(call.StartedAt);
        var named = call.Phones
            .SelectMany(phone => router.Find(phones, account, phone.EndpointId, null, began)).ToList();
        var callers = Find(call, call.Ani, fact => fact.Ani, record => record.AniUser);
        var called = Find(call, call.Dnis, fact => fact.Dnis, record => record.DnisUser);
        var own = call.Direction switch
        {
            CallDirection.Out => named.Count > 0 ? named : callers,
            CallDirection.In => named.Count > 0 ? named : called,
            _ => [.. named.Concat(callers).Concat(called)],
        };
        return
        [
            .. own.DistinctBy(mapping => mapping.EndpointId).GroupBy(mapping => mapping.AgentId)
                .Select(same => same.Skip(1).Aggregate(
                    AgentOf(same.First()), (agent, mapping) => agent.With(mapping.EndpointId))),
        ];

        List<Mapping> Find(
            Call of, string shown, Func<CallFact, string> number, Func<RecordFact, string?> user) =>
        [
            .. router.Find(phones, account, shown, null, began),
            .. of.Facts.Notifications.SelectMany(fact => router.Find(phones, account, number(fact), null, began)),
            .. of.Facts.Records.SelectMany(record => router.Find(phones, account, number(record), user(record), began)),
        ];

        CallAgent AgentOf(Mapping mapping) => call.Direction == CallDirection.Internal
            ? router.AgentOf(mapping, agents, (call.Ani, callers), (call.Dnis, called))
            : RecordRouter.AgentOf(mapping, agents);
    }
}
