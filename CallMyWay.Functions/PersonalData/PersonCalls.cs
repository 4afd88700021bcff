using System.Runtime.CompilerServices;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PersonalData;

/// <summary>The calls of a person, by the index: those of the contact, and those of numbers that nobody else has.</summary>
public sealed class PersonCalls(CallIndex index, CallStore calls, TimeProvider clock)
{
    internal const int PageSize = 100;

    /// <summary>True while a call with the person goes on.</summary>
    public async Task<bool> AreUnderWayAsync(PersonText person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (contactId, matchKey) in ListsOf(person.Person))
        {
            // What goes on is among the newest.
            var keys = await index.ReadKeysAsync(contactId, matchKey, null, PageSize, cancellationToken);
            var found = await calls.GetManyAsync(keys.Select(row => row.Call).Distinct(), cancellationToken);
            if (found.Any(call => CallErasure.IsTheirs(call, person) && call.StateAt(now) != CallState.Ended))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All of them, each once.</summary>
    public async IAsyncEnumerable<Call> ReadAsync(
        PersonText person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<CallKey>();
        foreach (var (contactId, matchKey) in ListsOf(person.Person))
        {
            string? after = null;
            IReadOnlyList<(string Key, CallKey Call)> page;
            do
            {
                page = await index.ReadKeysAsync(contactId, matchKey, after, PageSize, cancellationToken);
                var found = await calls.GetManyAsync(
                    page.Select(row => row.Call).Where(seen.Add).ToList(), cancellationToken);
                foreach (var call in found.Where(call => CallErasure.IsTheirs(call, person)))
                {
                    yield return call;
                }

                after = page.Count == 0 ? null : page[^1].Key;
            }
            while (page.Count == PageSize);
        }
    }

    private static IEnumerable<(string? ContactId, string MatchKey)> ListsOf(Person person) =>
        person.ContactIds.Select(id => ((string?)id, "")).Concat(person.MatchKeys.Select(key => ((string?)null, key)));
}
