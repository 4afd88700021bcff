using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CallMyWay.Simulator;

/// <summary>
/// Click-to-dial: calls the first number and then the second. The answer says only that the request was accepted. As
/// the document says, the agent or the contact may be first, but one of the two must be a phone of the charged account.
/// </summary>
public sealed class ClickToDial(
    CallPlayer player,
    CallBook book,
    Lines lines,
    Tariff tariff,
    EnabledAddresses addresses,
    ClickRequests requests,
    Behaviour behaviour,
    TimeProvider time)
{
    private const string Accepted = "OK";

    private int _requests;

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var (first, second) = (context.Request.Query["first_num"].ToString().Trim(), context.Request.Query["second_num"].ToString().Trim());
        var answer = Answer(context, first, second);
        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        requests.Note(first, second, status);
        if (answer is ContentHttpResult { ResponseContent: Accepted } && behaviour.Faults.ClickDelayMs is > 0 and var delay)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay), time, context.RequestAborted);
        }

        return answer;
    }

    private IResult Answer(HttpContext context, string first, string second)
    {
        var (shape, faults) = (behaviour.Shape, behaviour.Faults);
        if (Operator.Authorize(context, addresses, lines, shape, out var refusal) is not { } account)
        {
            return refusal!;
        }

        if (!IsDialable(first) || !IsDialable(second))
        {
            return Operator.Refuse(
                shape, StatusCodes.Status400BadRequest, "ERROR: first_num y second_num son requeridos");
        }

        var (agent, agentFirst) = (lines.FindIn(account, first), true);
        if (agent is null)
        {
            (agent, agentFirst) = (lines.FindIn(account, second), false);
        }

        if (agent is null)
        {
            return Operator.Refuse(shape, StatusCodes.Status403Forbidden, "ERROR: first_num no pertenece a la cuenta");
        }

        if (faults.Hits(faults.ClickError, "clickError", Interlocked.Increment(ref _requests), 0))
        {
            return Results.Text("ERROR", "text/plain", Encoding.UTF8, StatusCodes.Status500InternalServerError);
        }

        var plan = CallPlans.ForClick(
            agent, agentFirst, first, second, lines, tariff, book, shape, behaviour.Click, time.GetUtcNow());
        if (player.Start(plan, agent).Call is null)
        {
            return Operator.Refuse(
                shape, StatusCodes.Status409Conflict, "ERROR: el usuario tiene una llamada activa o en proceso");
        }

        return Results.Text(Accepted, "text/plain", Encoding.UTF8);
    }

    private static bool IsDialable(string text) => text.Length is > 0 and <= 40
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '*' or '#' or '-' or ' ' or '.' or '_');
}
