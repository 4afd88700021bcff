using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Promises;

/// <summary>The body of a request that says what became of a promise.</summary>
/// <param name="State"><see cref="PromiseState.Open"/> takes back what was said before.</param>
/// <param name="Amount">What was paid, in the promise's currency; by default all where it was kept.</param>
/// <param name="PaidAt">By default now, where something was paid.</param>
public sealed record PromiseInput([property: Needed] PromiseState? State, decimal? Amount, DateTimeOffset? PaidAt)
{
    private const decimal MaxAmount = 1_000_000_000_000m;

    /// <summary>The errors of the input, by field.</summary>
    public FieldErrors Check(PromiseToPay promise, DateTimeOffset now)
    {
        var errors = new FieldErrors();
        if (State is null)
        {
            errors.Add(
                "state", "Indique kept, partly, broken u open.", "Give kept, partly, broken or open.");
        }

        var isPaid = State is PromiseState.Kept or PromiseState.Partly;
        if (!isPaid && State is not null && (Amount is not null || PaidAt is not null))
        {
            errors.Add(
                Amount is not null ? "amount" : "paidAt",
                "Solo se indica si algo se pagó.",
                "Give it only where something was paid.");
        }
        else if (State == PromiseState.Partly && Amount is null)
        {
            errors.Add("amount", "Indique cuánto se pagó.", "Give how much was paid.");
        }
        else if (Amount is { } amount && (amount is <= 0 or > MaxAmount || decimal.Round(amount, 2) != amount))
        {
            errors.Add(
                "amount",
                "Escriba un monto mayor que cero, con dos decimales como máximo.",
                "Write an amount above zero, with two decimals at most.");
        }
        else if (State == PromiseState.Partly && Amount >= promise.Amount)
        {
            errors.Add(
                "amount",
                "Es todo lo prometido o más: indique kept.",
                "It is all that was promised or more: give kept.");
        }
        else if (State == PromiseState.Kept && Amount < promise.Amount)
        {
            errors.Add(
                "amount", "Es menos de lo prometido: indique partly.", "It is less than was promised: give partly.");
        }

        // A clock may be a little ahead of ours.
        if (isPaid && PaidAt is { } paidAt && (paidAt > now.AddDays(1) || paidAt.Year < 2000))
        {
            errors.Add("paidAt", "Escriba una fecha hasta hoy.", "Write today's date or an earlier one.");
        }

        return errors;
    }

    /// <summary>The promise after this was said.</summary>
    public PromiseToPay Decide(PromiseToPay promise, string agentId, DateTimeOffset now)
    {
        var isOpen = State == PromiseState.Open;
        var isPaid = State is PromiseState.Kept or PromiseState.Partly;
        return promise with
        {
            State = State!.Value,
            PaidAmount = isPaid ? Amount ?? promise.Amount : null,
            PaidAt = isPaid ? PaidAt?.ToUniversalTime() ?? now : null,
            DecidedBy = isOpen ? null : agentId,
            DoneAt = isOpen ? null : now,
        };
    }

    /// <summary>True where the promise says this already.</summary>
    public bool IsSaidBy(PromiseToPay promise) =>
        State == promise.State
        && (State is PromiseState.Kept or PromiseState.Partly
            ? (Amount ?? promise.Amount) == promise.PaidAmount && (PaidAt is null || PaidAt == promise.PaidAt)
            : true);
}
