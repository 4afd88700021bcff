using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Homologation;

/// <summary>Answers in words. An answer itself is a code, so that runs can be compared. Pure.</summary>
public static class AnswerWords
{
    private static readonly Phrase Yes = new("Sí", "Yes");

    private static readonly Phrase No = new("No", "No");

    private static readonly Phrase Kept = new("Lo conserva", "It keeps it");

    private static readonly Phrase Another = new("Recibe otro", "It gets another");

    private static readonly Dictionary<string, Phrase> YesOrNo = new(StringComparer.Ordinal)
    {
        ["yes"] = Yes,
        ["no"] = No,
    };

    private static readonly Dictionary<string, Phrase> KeptOrNew = new(StringComparer.Ordinal)
    {
        ["same"] = Kept,
        ["new"] = Another,
    };

    private static readonly Dictionary<string, IReadOnlyDictionary<string, Phrase>> Known = new(StringComparer.Ordinal)
    {
        ["records-shape"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["array"] = new("Un arreglo", "An array"),
            ["wrapped"] = new("Un objeto con el arreglo adentro", "An object with the array in it"),
            ["other"] = new("Otra", "Another"),
        },
        ["records-encoding"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["ASCII"] = new(
                "ASCII: no hay letras que muestren la codificación", "ASCII: there are no letters that show the encoding"),
        },
        ["records-order"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["oldestFirst"] = new("Primero los más antiguos", "The oldest first"),
            ["newestFirst"] = new("Primero los más recientes", "The newest first"),
            ["none"] = new("Sin orden", "In no order"),
        },
        ["range-by"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["detect"] = new("La hora en que se detectó la llamada", "When the call was detected"),
            ["end"] = new("La hora en que terminó la llamada", "When the call ended"),
        },
        ["range-end"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["included"] = new("Lo incluye", "It is included"),
            ["excluded"] = new("No lo incluye", "It is not included"),
        },
        ["start-at"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["ringing"] = new("Cuando timbra", "When it rings"),
            ["answer"] = new("Cuando se contesta", "When it is answered"),
            ["both"] = new("Cuando timbra, y otra vez cuando se contesta", "When it rings, and again when it is answered"),
        },
        ["start-per"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["endpoint"] = new("Uno por cada teléfono, con el mismo callid", "One for each phone, with the same callid"),
            ["callIdPerEndpoint"] = new(
                "Uno por cada teléfono, cada uno con su callid", "One for each phone, each with its own callid"),
            ["call"] = new("Uno por la llamada", "One for the call"),
        },
        ["click-ids"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["one"] = new("Uno", "One"),
            ["two"] = new("Dos: uno por cada tramo", "Two: one for each leg"),
        },
        ["agent-leg-type"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["in"] = new("Entrante (in)", "Incoming (in)"),
            ["out"] = new("Saliente (out)", "Outgoing (out)"),
            ["internal"] = new("Interna (internal)", "Internal (internal)"),
        },
        ["call-id"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["same"] = new("Es el mismo", "It is the same"),
            ["other"] = new("Es otro", "It is another"),
        },
        ["number-format"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["national"] = new("Nacional (8 dígitos)", "National (8 digits)"),
            ["international"] = new("Con 506 (506…)", "With 506 (506…)"),
            ["e164"] = new("Con más (+506…)", "With a plus (+506…)"),
            ["zeroZero"] = new("Con 00 (00506…)", "With 00 (00506…)"),
            ["other"] = new("Otra", "Another"),
        },
        ["duration-unit"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["seconds"] = new("Segundos", "Seconds"),
            ["milliseconds"] = new("Milisegundos", "Milliseconds"),
        },
        ["private-caller"] = new Dictionary<string, Phrase>(StringComparer.Ordinal)
        {
            ["(empty)"] = new("Vacío", "Empty"),
        },
        ["hunt-id"] = KeptOrNew,
        ["transfer-id"] = KeptOrNew,
        ["records-live"] = YesOrNo,
        ["ids-again"] = YesOrNo,
        ["cost-fee"] = YesOrNo,
    };

    /// <summary>The answer with its detail; where it is no known one, as it is.</summary>
    public static Phrase Of(CaseAnswer answer)
    {
        var words = OfValue(answer.Question, answer.Value);
        return answer.Detail is { } detail
            ? new Phrase($"{words.Es} ({detail.Es})", $"{words.En} ({detail.En})")
            : words;
    }

    /// <summary>The answer of an earlier release, which had the detail in its value, as one of today.</summary>
    public static CaseAnswer Today(CaseAnswer answer) =>
        answer is { Question: "ids-again", Detail: null }
            && answer.Value.Split(" (", 2) is [var value, var detail]
            && detail.EndsWith(')')
            ? answer with { Value = value, Detail = new(detail[..^1], detail[..^1]) }
            : answer;

    private static Phrase OfValue(string question, string value)
    {
        if (Catalogue.ChoiceOf(question, value) is { } choice)
        {
            return choice.Label;
        }

        if (Known.GetValueOrDefault(question) is { } known)
        {
            if (known.TryGetValue(value, out var words))
            {
                return words;
            }

            // Notification and record can have the numbers in two forms.
            if (value.Split(" / ") is [var one, var other]
                && known.TryGetValue(one, out var its) && known.TryGetValue(other, out var others))
            {
                return new($"{its.Es} / {others.Es}", $"{its.En} / {others.En}");
            }
        }

        return (question, value) switch
        {
            ("largest-page", ['>', '=', ' ', .. var least]) => new($"Al menos {least}", $"At least {least}"),
            ("call-id", ['p', 'r', 'e', 'f', 'i', 'x', ' ', .. var prefix]) => new(
                $"El del registro tiene delante «{prefix}»", $"The record's has \"{prefix}\" before it"),
            _ => new(value, value),
        };
    }
}
