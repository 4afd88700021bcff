namespace CallMyWay.Functions.Homologation;

/// <summary>Two runs beside each other.</summary>
/// <param name="Earlier">The one that was begun first.</param>
/// <param name="Later">The other one.</param>
/// <param name="Cases">All cases, in the order of the catalogue.</param>
/// <param name="Questions">The open questions that either of them has answered.</param>
public sealed record RunComparison(
    RunSummary Earlier, RunSummary Later, IReadOnlyList<ComparedCase> Cases, IReadOnlyList<ComparedQuestion> Questions)
{
    internal static RunComparison Of(RunState one, RunState other, string language)
    {
        var (earlier, later) = one.Run.StartedAt <= other.Run.StartedAt ? (one, other) : (other, one);
        return new RunComparison(
            RunSummary.Of(earlier),
            RunSummary.Of(later),
            [.. Catalogue.All.Select(test => CaseOf(test, earlier, later, language))],
            [.. Homologation.Questions.All.Select(question => QuestionOf(question, earlier, later, language))
                .Where(question => question.Earlier is not null || question.Later is not null)]);
    }

    private static ComparedCase CaseOf(HomologationCase test, RunState earlier, RunState later, string language)
    {
        var (before, after) = (earlier.Of(test.Code), later.Of(test.Code));
        return new ComparedCase(
            test.Code,
            test.Group,
            test.Title.In(language),
            before.State,
            after.State,
            before.State == after.State ? CaseDifference.None
                // What was not looked at says nothing of the operator.
                : before.State is CaseState.Open or CaseState.Skipped || after.State is CaseState.Open or CaseState.Skipped
                    ? CaseDifference.Undecided
                : after.State == CaseState.Passed ? CaseDifference.Better
                : CaseDifference.Worse);
    }

    private static ComparedQuestion QuestionOf(Question question, RunState earlier, RunState later, string language)
    {
        var (before, after) = (earlier.AnswerOf(question.Code), later.AnswerOf(question.Code));
        return new ComparedQuestion(
            question.Code,
            question.Title.In(language),
            before?.Value,
            after?.Value,
            Words(before),
            Words(after),
            before is not null && after is not null && AnswerSpan.AreDifferent(before, after));

        string? Words(CaseAnswer? answer) => answer is null ? null : AnswerWords.Of(answer).In(language);
    }
}

/// <summary>How a case stands in the later run, compared with the earlier one.</summary>
public enum CaseDifference
{
    /// <summary>It stands as it did.</summary>
    None,

    /// <summary>It failed, and passes now.</summary>
    Better,

    /// <summary>It passed, and fails now.</summary>
    Worse,

    /// <summary>In one of the two it was not decided.</summary>
    Undecided,
}

/// <summary>A case in both runs.</summary>
public sealed record ComparedCase(
    string Case, CaseGroup Group, string Title, CaseState Earlier, CaseState Later, CaseDifference Difference);

/// <summary>An answer in both runs; null where there is none.</summary>
/// <param name="EarlierLabel">The earlier one in words.</param>
/// <param name="LaterLabel">The later one in words.</param>
/// <param name="IsChanged">
/// True where both have one, and they can't be of the same operator. Measures that differ as they do from call to call
/// are the same.
/// </param>
public sealed record ComparedQuestion(
    string Question,
    string Title,
    string? Earlier,
    string? Later,
    string? EarlierLabel,
    string? LaterLabel,
    bool IsChanged);
