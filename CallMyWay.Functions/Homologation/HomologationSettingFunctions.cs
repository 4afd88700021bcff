using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Homologation;

/// <summary>Settings that are to become what a run has found.</summary>
/// <param name="Settings">All are changed, or none is.</param>
public sealed record SettingsInput([property: Needed] IReadOnlyList<SettingInput?>? Settings);

/// <summary>A setting that is to become what a run has found.</summary>
/// <param name="Question">The question whose answer it is.</param>
/// <param name="Value">The value that the run has found; null to give back what was taken over.</param>
/// <param name="Now">The value that the setting has, as it was shown.</param>
public sealed record SettingInput([property: Needed] string? Question, string? Value, [property: Needed] string? Now);

/// <summary>
/// Takes over what a run has found as settings of its account. They are in force at once in this process, and within a
/// minute in all others.
/// </summary>
[Tags("Administration")]
public sealed class HomologationSettingFunctions(
    HomologationStore store,
    Accounts accounts,
    AccountSettings settings,
    IOptions<CallMyWayOptions> options,
    AuditLog audit,
    TimeProvider clock)
{
    [Function("TakeHomologationSettings"), Allow(Role.Admin), Audits("homologation.settings")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch]
    [Takes(typeof(SettingsInput)), Answers(StatusCodes.Status200OK, typeof(RunView))]
    public async Task<IResult> Take(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "homologation/{runId}/settings")] HttpRequest request,
        string runId,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<SettingsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (await store.GetAsync(runId, cancellationToken) is not { } run)
        {
            return HomologationFunctions.NoSuchRun(request);
        }

        var errors = new FieldErrors();
        var asked = Read(input, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var views = new HomologationViews(accounts, options.Value, clock.GetUtcNow(), request.Language());
        var now = asked.ConvertAll(each => views.SettingOf(run.Run.Account, each.Question));
        if (now.Exists(each => each is null))
        {
            return request.Problem(StatusCodes.Status409Conflict, HomologationFunctions.NotNow, new(
                "La cuenta ya no está en la configuración.", "The account is no longer in the settings."));
        }

        List<string> fixedOnes =
            [.. now.Where(each => each!.Source == SettingSource.Deployment).Select(each => each!.Variable)];
        if (fixedOnes.Count > 0)
        {
            return OfTheDeployment(request, string.Join(", ", fixedOnes));
        }

        if (asked.Zip(now).All(each => each.First.Input.Value is { } value
            ? value == each.Second!.Value
            : each.Second!.Source == SettingSource.Default))
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(views.Of(run));
        }

        // What the page showed is what is taken, or nothing is.
        if ((IfMatch.Of(request) is { } etag && etag != run.Run.ETag)
            || asked.Zip(now).Any(each =>
                each.First.Input.Now != each.Second!.Value
                || (each.First.Input.Value is { } value
                    && value != each.First.Question.SettingOf(run.AnswerOf(each.First.Question.Code)))))
        {
            return request.Changed();
        }

        List<SettingToChange> changes =
        [
            .. asked.Where(each => each.Input.Value is null || each.Input.Value != each.Input.Now)
                .Select(each => new SettingToChange(each.Question.Setting!, each.Input.Now!, each.Input.Value)),
        ];
        return changes.Count == 0
            ? TypedResults.Ok(views.Of(run))
            : await ChangeAsync(request, run, changes, views);
    }

    private async Task<IResult> ChangeAsync(
        HttpRequest request, RunState run, IReadOnlyList<SettingToChange> changes, HomologationViews views)
    {
        var account = run.Run.Account;
        var made = await audit.ChangeAsync(
            request,
            AuditChange.Of(
                "homologation.settings",
                run.Run.RunId,
                new { account, settings = changes.ToDictionary(change => change.Name, change => change.Before) },
                new { account, settings = changes.ToDictionary(change => change.Name, change => change.After) }),
            () => settings.ChangeAsync(account, changes, CancellationToken.None),
            result => result == SettingsChange.Made);
        return made switch
        {
            SettingsChange.Made => TypedResults.Ok(views.Of(run)),
            SettingsChange.IsOther => request.Changed(),
            _ => request.Invalid(new FieldErrors().Add(
                "settings",
                "Un valor no es válido para su ajuste, o ya es de otra cuenta.",
                "A value is not valid for its setting, or is another account's.")),
        };
    }

    private static List<(Question Question, SettingInput Input)> Read(SettingsInput input, FieldErrors errors)
    {
        var found = new List<(Question Question, SettingInput Input)>();
        if (input.Settings is not { Count: > 0 } all || all.Count > Questions.All.Count)
        {
            errors.Add(
                "settings",
                "Indique los ajustes que se toman, cada uno una vez.",
                "Give the settings that are taken over, each once.");
            return found;
        }

        for (var i = 0; i < all.Count; i++)
        {
            if (all[i] is not { Question: { } code, Now: not null } each
                || Questions.Find(code) is not { Setting: not null } question
                || found.Exists(one => one.Question == question))
            {
                errors.Add(
                    $"settings.{i}",
                    "Indique una pregunta que se convierte en un ajuste, una sola vez, y en «now» el valor que el ajuste"
                        + " tiene.",
                    "Give a question that becomes a setting, once, and in \"now\" the value that the setting has.");
                continue;
            }

            found.Add((question, each));
        }

        return found;
    }

    private static IResult OfTheDeployment(HttpRequest request, string variables) => request.Problem(
        StatusCodes.Status409Conflict,
        new("El ajuste es de la instalación", "The setting is the deployment's"),
        new(
            $"Lo fija la configuración del servidor. Cambie ahí {variables} y reinicie.",
            $"The server's configuration sets it. Change {variables} there, and restart."));
}
