namespace CallMyWay.Functions.Text;

/// <summary>A sentence for people, in Spanish and English. Spanish is the default.</summary>
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
