using System.Text;

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
    Behaviour behaviour,
    TimeProvider time)
{
    private int _requests;

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var (shape, faults) = (behaviour.Shape, behaviour.Faults);
        if (Operator.Authorize(context, addresses, lines, shape, out var refusal) is not { } account)
        {
            return refusal!;
        }

        var (first, second) = (context.Request.Query["first_num"].ToString().Trim(), context.Request.Query["second_num"].ToString().Trim());
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

        if (faults.ClickDelayMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(faults.ClickDelayMs), time, context.RequestAborted);
        }

        return Results.Text("OK", "text/plain", Encoding.UTF8);
    }

    private static bool IsDialable(string text) => text.Length is > 0 and <= 40
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '*' or '#' or '-' or ' ' or '.' or '_');
}
