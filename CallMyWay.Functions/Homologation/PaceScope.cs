using System.Globalization;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>Two requests for records that were sent at the same moment, for two accounts.</summary>
/// <param name="At">When both answers were there.</param>
/// <param name="Other">The username of the account beside the run's.</param>
/// <param name="TookSeconds">From the run's account's request to its answer.</param>
/// <param name="OtherTookSeconds">The same of the other account.</param>
/// <param name="IntervalSeconds">What the app keeps between two requests of one account.</param>
/// <param name="AreRead">False where an answer was no list of records.</param>
public sealed record PaceRound(
    DateTimeOffset At, string Other, double TookSeconds, double OtherTookSeconds, double IntervalSeconds, bool AreRead);

/// <summary>
/// What the operator's 4 seconds count for, told by two accounts that ask at the same moment: where they count for the
/// address, one of the two answers comes later by that time. Each account asks in its own turn, as it does every minute
/// anyway. Whether a path counts by itself can't be told so: this app asks for records at one path alone. Pure.
/// </summary>
public static class PaceScope
{
    public const string Case = "pace-scope";

    /// <summary>One late answer can have other causes.</summary>
    public const int Rounds = 2;

    private static readonly Phrase AskThem = new(
        "Pregunte al operador, y anote aquí lo que dijo.", "Ask the operator, and note here what they said.");

    /// <summary>Where there are no two accounts that can ask at once.</summary>
    public static Verdict NotNow(bool isByAddress) => Verdict.Open(isByAddress
        ? new(
            $"CallMyWay:PaceBy ya es address: las cuentas nunca consultan a la vez. {AskThem.Es}",
            $"CallMyWay:PaceBy is address already: no two accounts ask at once. {AskThem.En}")
        : new(
            $"Para medirlo hacen falta dos cuentas con contraseña en la configuración. {AskThem.Es}",
            $"To measure it takes two accounts with a password in the settings. {AskThem.En}"));

    public static Verdict Evaluate(IReadOnlyList<PaceRound> rounds)
    {
        IReadOnlyList<Sighting> seen = [.. rounds.Select(Seen)];
        if (rounds.Any(round => !round.AreRead))
        {
            return Verdict.Open(
                new(
                    "El operador no respondió con registros a una de las dos cuentas. Pruebe ambas en «Conexión con el"
                        + " operador» y repita la prueba.",
                    "The operator did not answer one of the two accounts with records. Test both in \"Connection with the"
                        + " operator\" and repeat the case."),
                seen);
        }

        var late = rounds.Count(IsLate);
        return rounds.Count < Rounds
            ? Verdict.Open(new("Faltan consultas.", "Requests are missing."), seen)
            : late == rounds.Count ? Passed(CallMyWayOptions.PaceByAddress)
            : late == 0 ? Passed(CallMyWayOptions.PaceByAccount)
            : Verdict.Open(
                new(
                    $"Unas respuestas se atrasaron y otras no. Repita la prueba. {AskThem.Es}",
                    $"Some answers were late and others were not. Repeat the case. {AskThem.En}"),
                seen);

        Verdict Passed(string scope) => new(CaseState.Passed, [new(Case, scope, scope)], seen);
    }

    /// <summary>True where one of the two waited for the other.</summary>
    private static bool IsLate(PaceRound round) =>
        Math.Abs(round.TookSeconds - round.OtherTookSeconds) > round.IntervalSeconds / 2;

    private static Sighting Seen(PaceRound round)
    {
        var (own, other) = (Seconds(round.TookSeconds), Seconds(round.OtherTookSeconds));
        return new Sighting(round.At, new(
            $"A la vez: esta cuenta esperó {own} s, la cuenta {round.Other} {other} s",
            $"At the same moment: this account waited for {own} s, the account {round.Other} for {other} s"));
    }

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
