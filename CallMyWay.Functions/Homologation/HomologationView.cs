using System.Text.Json.Serialization;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Homologation;

/// <summary>A run in a list of them: how many of its cases stand how.</summary>
/// <param name="State"><c>done</c> where no case is open, else <c>open</c>.</param>
public sealed record RunSummary(
    string RunId,
    string Account,
    DateTimeOffset StartedAt,
    string StartedBy,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Passed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Failed,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Skipped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Open)
{
    internal static RunSummary Of(RunState run)
    {
        var counts = Catalogue.All.CountBy(test => run.Of(test.Code).State).ToDictionary();
        return new RunSummary(
            run.Run.RunId,
            run.Run.Account,
            run.Run.StartedAt,
            run.Run.StartedBy,
            counts.ContainsKey(CaseState.Open) ? "open" : "done",
            counts.GetValueOrDefault(CaseState.Passed),
            counts.GetValueOrDefault(CaseState.Failed),
            counts.GetValueOrDefault(CaseState.Skipped),
            counts.GetValueOrDefault(CaseState.Open));
    }
}

/// <summary>A run with its cases and the open questions.</summary>
/// <param name="State"><c>done</c> where no case is open, else <c>open</c>.</param>
/// <param name="Operator">The operator's address.</param>
public sealed record RunView(
    string RunId,
    string Account,
    DateTimeOffset StartedAt,
    string StartedBy,
    string State,
    string Operator,
    IReadOnlyList<CaseView> Cases,
    IReadOnlyList<QuestionView> Questions,
    string Etag);

/// <summary>A value that a tester can choose.</summary>
public sealed record ChoiceView(string Value, string Label);

/// <summary>What a tester must tell; any text where there are no choices.</summary>
public sealed record AskView(string Key, string Label, IReadOnlyList<ChoiceView>? Choices);

/// <summary>What goes on by itself, and until when at most.</summary>
public sealed record WorkView(WorkKind What, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Something that was seen.</summary>
/// <param name="Raw">As it came, without secrets.</param>
public sealed record SightingView(DateTimeOffset At, string What, string? Raw);

/// <summary>A setting, and the value that it should have.</summary>
/// <param name="Now">The value that it has.</param>
/// <param name="Source">Where that value comes from. What the deployment names can't be taken over.</param>
/// <param name="Variable">The variable of the environment by which the deployment sets it.</param>
public sealed record SettingView(string Name, string Value, string Now, SettingSource Source, string Variable);

/// <summary>An answer to an open question.</summary>
/// <param name="Answer">A code that is the same in each language and in each run that finds the same.</param>
/// <param name="Label">The answer in words.</param>
public sealed record AnswerView(string Question, string Answer, string Label, SettingView? Setting);

/// <summary>A case of a run.</summary>
/// <param name="Automatic">True where it needs no hands.</param>
public sealed record CaseView(
    string Case,
    CaseGroup Group,
    string Title,
    IReadOnlyList<string> Steps,
    CaseKind Kind,
    IReadOnlyList<AskView>? Asks,
    CaseState State,
    WorkView? Working,
    IReadOnlyList<SightingView>? Seen,
    IReadOnlyList<AnswerView>? Answers,
    string? Advice,
    string? Note,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] bool Automatic);

/// <summary>An open question, and its answer where there is one.</summary>
/// <param name="Answer">A code that is the same in each language and in each run that finds the same.</param>
/// <param name="Label">The answer in words.</param>
/// <param name="Case">The case that answered it.</param>
public sealed record QuestionView(
    string Question, string Title, string? Answer, string? Label, string? Case, SettingView? Setting);

/// <summary>Shows runs.</summary>
internal sealed class HomologationViews(Accounts accounts, CallMyWayOptions options, DateTimeOffset now, string language)
{
    public RunView Of(RunState run) => new(
        run.Run.RunId,
        run.Run.Account,
        run.Run.StartedAt,
        run.Run.StartedBy,
        RunSummary.Of(run).State,
        run.Run.Operator,
        [.. Catalogue.All.Select(test => Of(run, test))],
        [.. Questions.All.Select(question => Of(run, question))],
        run.Run.ETag!);

    private CaseView Of(RunState run, HomologationCase test)
    {
        var result = run.Of(test.Code);
        // The work of a process that ended before its job began is over by its time.
        var work = result.Work is { } own && own.Until > now.AddMinutes(-1) ? own : null;
        return new CaseView(
            test.Code,
            test.Group,
            test.Title.In(language),
            [.. test.Steps.Select(step => step.In(language))],
            test.Kind,
            test.Asks.Count == 0 ? null :
            [
                .. test.Asks.Select(ask => new AskView(
                    ask.Key,
                    ask.Label.In(language),
                    ask.Choices.Count == 0 ? null
                        : [.. ask.Choices.Select(choice => new ChoiceView(choice.Value, choice.Label.In(language)))])),
            ],
            result.State,
            work is null ? null : new WorkView(work.What, work.Since, work.Until),
            result.Seen.Count == 0 ? null
                : [.. result.Seen.Select(seen => new SightingView(seen.At, seen.What.In(language), seen.Raw))],
            result.Answers.Count == 0 ? null
                : [.. result.Answers.Select(AnswerWords.Today).Select(answer => new AnswerView(
                    answer.Question,
                    answer.Value,
                    AnswerWords.Of(answer).In(language),
                    SettingOf(run.Run.Account, answer)))],
            result.Advice?.In(language),
            result.Note,
            result.DecidedBy,
            result.DecidedAt,
            test.Kind == CaseKind.Request);
    }

    private QuestionView Of(RunState run, Question question)
    {
        var (answer, code) = (
            from test in Catalogue.All
            from found in run.Of(test.Code).Answers
            where found.Question == question.Code
            select (AnswerWords.Today(found), test.Code)).FirstOrDefault();
        return new QuestionView(
            question.Code,
            question.Title.In(language),
            answer?.Value,
            answer is null ? null : AnswerWords.Of(answer).In(language),
            code,
            answer is null ? null : SettingOf(run.Run.Account, answer));
    }

    private SettingView? SettingOf(string account, CaseAnswer answer) =>
        Questions.Find(answer.Question) is { } question
        // Runs of earlier releases have values that the setting can't have.
        && question.SettingOf(answer) is { } value
        && SettingOf(account, question) is { } now
            ? new SettingView(now.Name, value, now.Value, now.Source, now.Variable)
            : null;

    /// <summary>The setting of a question as it is in force; null where there is none.</summary>
    internal CurrentSetting? SettingOf(string account, Question question) => question.Setting switch
    {
        null => null,
        // What holds for all accounts is known before any of them is asked, and is the deployment's alone.
        [':', .. var whole] => new CurrentSetting(whole, options.PaceBy, SettingSource.Deployment),
        var setting => accounts.SettingOf(account, setting),
    };
}
