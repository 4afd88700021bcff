using System.Globalization;
using CallMyWay.Functions.Contacts;

namespace CallMyWay.Benchmarks;

/// <summary>
/// Contacts as an office has them: a name of three words, a mobile number, and for some a second number.
/// </summary>
internal static class People
{
    private static readonly string[] FirstNames =
        ["José", "María", "Luis", "Ana", "Carlos", "Óscar", "Lucía", "Íñigo", "Ángela", "Hugo", "Gabriela", "Esteban", "Daniela", "Mauricio", "Valeria", "Jonathan", "Adriana", "Kattia", "Randall", "Xinia", "Roberto", "Sofía", "Andrés", "Paola", "Marvin", "Yesenia", "Félix", "Raquel", "Tomás", "Inés"];

    private static readonly string[] LastNames =
        ["Rodríguez", "Jiménez", "Vargas", "Mora", "Solís", "Quirós", "Núñez", "Araya", "Brenes", "Villalobos", "Zúñiga", "Alfaro", "Montero", "Ramírez", "Hernández", "Calderón", "Guzmán", "Pérez", "Cordero", "Segura", "Picado", "Badilla", "Arias", "Peñaranda", "Chaves", "Ureña", "Castro", "Rojas", "Fallas", "Monge", "Acuña", "Céspedes", "Leitón", "Salas", "Mata", "Soto", "Ulate", "Barquero", "Umaña", "Zeledón"];

    /// <summary>The main number of a contact: all differ, and they are in no order.</summary>
    public static long NumberOf(int contact) => 83_000_000 + (contact * 7_368_787L % 1_000_003);

    public static Contact Contact(int number, DateTimeOffset now) => new()
    {
        ContactId = $"c-{number:D7}",
        Name = $"{FirstNames[number % FirstNames.Length]} {LastNames[number / 7 % LastNames.Length]} {LastNames[number / 311 % LastNames.Length]}",
        Numbers = number % 3 == 0
            ? [Typed(NumberOf(number)), (22_000_000 + (number % 900_000)).ToString(CultureInfo.InvariantCulture)]
            : [Typed(NumberOf(number))],
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The same with an identity document, as a file of an office has it.</summary>
    public static Contact WithDocument(int number, DateTimeOffset now) => Contact(number, now) with
    {
        Document = $"{1 + (number % 7)}-{number / 7 % 10_000:D4}-{number / 70_000 % 10_000:D4}",
    };

    /// <summary>
    /// Imports contacts, <paramref name="atOnce"/> at a time. 80 contacts are about 500 rows, the most that an import
    /// should have under way.
    /// </summary>
    public static Task ImportAsync(ContactStore contacts, int from, int count, int atOnce)
    {
        var now = DateTimeOffset.UtcNow;
        return Parallel.ForAsync(from, from + count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, cancellationToken) =>
            await contacts.CreateAsync(Contact(i, now), cancellationToken));
    }

    // The number as people type it.
    private static string Typed(long number) => $"{number / 10_000:D4}-{number % 10_000:D4}";
}
