using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>A colleague's phone, to be called by <see cref="ClickInput.ColleagueEndpointId"/>.</summary>
/// <param name="Name">The colleague's.</param>
/// <param name="Label">The phone's; the endpoint's id where it has none.</param>
public sealed record ColleagueView(string Name, string EndpointId, string Label);

/// <summary>Finds colleagues by name or extension, for agents.</summary>
public sealed class ColleagueFunctions(MappingStore mappings, MappingClock clock, AgentDirectory agents)
{
    private const int Most = 20;

    private const int LongestSearch = 100;

    /// <summary>
    /// The phones of the caller's account whose agent, label, number or id begins so. It costs one query, and the scan
    /// of the agents that all lists share.
    /// </summary>
    [Function("ListColleagues"), Allow(Role.Agent)]
    [Asks("search"), Answers(StatusCodes.Status200OK, typeof(Page<ColleagueView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "colleagues")] HttpRequest request, CancellationToken cancellationToken)
    {
        var search = request.Query["search"].ToString();
        var query = search.Length > LongestSearch ? [] : SearchText.Words(search);
        if (query.Count == 0)
        {
            return request.Invalid(new FieldErrors().Add(
                "search",
                $"Escriba parte del nombre o la extensión, hasta {LongestSearch} caracteres.",
                $"Write a part of the name or the extension, at most {LongestSearch} characters."));
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        // A shared phone is called as that of whose it is now.
        List<Mapping> all = [.. (await mappings.ListAsync(cancellationToken)).Select(clock.Now)];
        var accounts = all.Where(mapping => mapping.AgentId == agentId).Select(mapping => mapping.Account)
            .ToHashSet(StringComparer.Ordinal);
        var roster = await agents.ReadAsync(cancellationToken);
        var found =
            from mapping in all
            where mapping.AgentId != agentId && accounts.Contains(mapping.Account)
            let name = roster.NameOf(mapping.AgentId)
            where name is not null
            let rank = RankOf(mapping, name, query)
            where rank is not null
            orderby rank, name, mapping.Label, mapping.EndpointId
            select new ColleagueView(name, mapping.EndpointId, mapping.Label ?? mapping.EndpointId);
        return TypedResults.Ok(new Page<ColleagueView>([.. found.Take(Most)], null));
    }

    /// <summary>0 for the extension itself, then what begins so, then what sounds alike; null for nobody of these.</summary>
    private static int? RankOf(Mapping mapping, string name, IReadOnlyList<string> query)
    {
        var ids = new[] { mapping.EndpointId, string.Concat(mapping.Phone.Where(char.IsLetterOrDigit)) };
        List<string> words =
        [
            .. SearchText.Words(name), .. SearchText.Words(mapping.Label ?? ""), .. SearchText.Words(mapping.Phone),
            .. ids.Select(SearchText.Fold),
        ];
        return query is [var only] && ids.Contains(only, StringComparer.OrdinalIgnoreCase) ? 0
            : SearchText.Matches(words, query) ? 1
            : AlikeText.Matches(words, query) ? 2
            : null;
    }
}
