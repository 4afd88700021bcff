using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>The body of a request that replaces what was agreed with the operator.</summary>
/// <param name="Confirmed">True once campaigns were coordinated with the operator.</param>
/// <param name="PerMinute">The most dials in a minute over all campaigns, 1 to 600.</param>
/// <param name="Until">
/// When the agreement ends, by ISO 8601; null for no end. With a bare date it is valid for all of that day.
/// </param>
public sealed record CoordinationInput([property: Needed] bool? Confirmed, int? PerMinute, string? Until);

/// <summary>What was agreed with the operator.</summary>
/// <param name="Confirmed">True once campaigns were coordinated with the operator.</param>
/// <param name="PerMinute">The most dials in a minute over all campaigns.</param>
/// <param name="Until">When the agreement ends; missing for no end.</param>
public sealed record CoordinationView(
    bool Confirmed,
    int PerMinute,
    DateTimeOffset? Until,
    [property: JsonPropertyName("etag")] string? ETag);

/// <summary>Reads and replaces what was agreed with the operator: without it no campaign runs.</summary>
[Tags("Campaigns")]
public sealed class CoordinationFunctions(
    CoordinationStore store, CampaignRunner runner, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private const string What = "campaign-coordination.changed";

    private const int MostPerMinute = 600;

    [Function("GetCampaignCoordination"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(CoordinationView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaign-coordination")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(ViewOf(await store.GetAsync(cancellationToken)));

    [Function("PutCampaignCoordination"), Allow(Role.Admin), Audits(What)]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(CoordinationInput)), Answers(StatusCodes.Status200OK, typeof(CoordinationView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "campaign-coordination")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<CoordinationInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (input.Confirmed is null)
        {
            errors.Add("confirmed", "Diga true o false.", "Say true or false.");
        }

        if (input.PerMinute is < 1 or > MostPerMinute)
        {
            errors.Add(
                "perMinute",
                $"Escriba un número de 1 a {MostPerMinute}.",
                $"Write a number from 1 to {MostPerMinute}.");
        }

        var until = string.IsNullOrWhiteSpace(input.Until)
            ? null
            : TimeQuery.ParseEnd(input.Until, "until", accounts.Home.TimeZone, errors);
        if (input.Confirmed == true && until <= clock.GetUtcNow())
        {
            errors.Add("until", "Esa hora ya pasó.", "That time has passed.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        return await LastOneWins.ChangeAsync(request, async () =>
        {
            var before = await store.GetAsync(cancellationToken);
            var put = new Coordination
            {
                Confirmed = input.Confirmed!.Value,
                PerMinute = input.PerMinute ?? before.PerMinute,
                Until = until,
                ETag = IfMatch.VersionOf(request) ?? before.ETag,
            };
            var change = AuditChange.Of(What, "campaign-coordination", before, put);
            if (before.ETag is not null && change.SaysNothingNew)
            {
                return TypedResults.Ok(ViewOf(before));
            }

            if (await audit.ChangeAsync(
                request, change, () => store.PutAsync(put, cancellationToken), made => made is not null)
                is not { } stored)
            {
                return LastOneWins.NamesAnother(request, before.ETag) ? request.Changed() : null;
            }

            await runner.WakeAsync(CancellationToken.None);
            return TypedResults.Ok(ViewOf(stored));
        });
    }

    private static CoordinationView ViewOf(Coordination agreed) =>
        new(agreed.Confirmed, agreed.PerMinute, agreed.Until, agreed.ETag);
}
