using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>What the operator's answer to a click tells, by why there is no call.</summary>
public sealed class DialVerdictTests
{
    [Theory]
    [InlineData(null, 200, CaseState.Failed, "accepted the click", null)]
    [InlineData(DialProblem.PhoneBusy, 409, CaseState.Passed, "refused the click", "409: ERROR")]
    [InlineData(DialProblem.OperatorRefused, 200, CaseState.Passed, "refused the click", "200: ERROR")]
    [InlineData(DialProblem.NotAuthorized, 403, CaseState.Failed, "refused the click", null)]
    [InlineData(DialProblem.NotReached, null, CaseState.Open, "can't be reached", null)]
    [InlineData(DialProblem.NoAnswer, null, CaseState.Open, "not known whether", null)]
    [InlineData(DialProblem.NotSent, null, CaseState.Open, "did not ask the operator", null)]
    [InlineData(DialProblem.ContactGuard, null, CaseState.Open, "may not be called", null)]
    [InlineData(DialProblem.Campaign, null, CaseState.Open, "no call was made", null)]
    public void Only_A_Refusal_By_The_Operator_Passes_The_Case_Of_A_Busy_Agent(
        DialProblem? problem, int? status, CaseState state, string seen, string? answer)
    {
        var verdict = Of("busy-agent", problem, status);
        (verdict.State, verdict.Answers.SingleOrDefault()?.Value).ShouldBe((state, answer));
        var its = verdict.Seen.ShouldHaveSingleItem();
        its.What.En.ShouldContain(seen);
        // What was not answered has no answer to show.
        its.Raw.ShouldBe(status is null ? null : $"{status}: ERROR");
        (verdict.Advice is null).ShouldBe(state == CaseState.Passed);
    }

    [Theory]
    [InlineData(DialProblem.PhoneBusy, 409, CaseState.Failed)]
    [InlineData(DialProblem.NotAuthorized, 401, CaseState.Failed)]
    [InlineData(DialProblem.NotReached, null, CaseState.Open)]
    [InlineData(DialProblem.NotSent, null, CaseState.Open)]
    [InlineData(DialProblem.ContactGuard, null, CaseState.Open)]
    public void A_Click_That_Led_To_No_Call_Fails_Only_Where_The_Operator_Refused(
        DialProblem problem, int? status, CaseState state) =>
        Of("click-agent-first", problem, status).State.ShouldBe(state);

    [Fact]
    public void Whom_The_Guard_Keeps_From_Being_Called_Is_Told_Why() =>
        HomologationRunner.OfDial(
            Catalogue.Find("busy-agent")!,
            ADial(DialProblem.ContactGuard, null) with { StoppedBecause = new("Es feriado.", "It is a holiday.") },
            DateTimeOffset.UnixEpoch).Advice!.Value.En.ShouldBe("It is a holiday.");

    private static Verdict Of(string code, DialProblem? problem, int? status) =>
        HomologationRunner.OfDial(Catalogue.Find(code)!, ADial(problem, status), DateTimeOffset.UnixEpoch);

    private static Dial ADial(DialProblem? problem, int? status) => new()
    {
        DialId = "d",
        AgentId = "ana",
        EndpointId = "1001",
        Account = "8000001",
        Number = new NumberView("+50688881234", "8888-1234", PhoneNumberKind.Number),
        Order = DialOrder.AgentFirst,
        State = problem switch
        {
            null => DialState.Placed,
            DialProblem.NoAnswer => DialState.Unknown,
            _ => DialState.Refused,
        },
        RequestedAt = DateTimeOffset.UnixEpoch,
        Mark = "m",
        AnswerStatus = status,
        Answer = status is null ? "" : "ERROR",
        Problem = problem,
    };
}
