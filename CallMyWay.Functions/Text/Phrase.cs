namespace CallMyWay.Functions.Text;

/// <summary>A sentence that a person reads, in the two languages of the house. Spanish is the first.</summary>
public readonly record struct Phrase(string Es, string En)
{
    public string In(string language) => language == Language.English ? En : Es;
}

/// <summary>The languages that the API speaks.</summary>
public static class Language
{
    public const string Spanish = "es";

    public const string English = "en";
}
