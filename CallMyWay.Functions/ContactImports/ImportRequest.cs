using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.ContactImports;

/// <summary>What the query of an import asks for.</summary>
internal sealed record ImportRequest
{
    /// <summary>32 MB.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>How many rows one import takes.</summary>
    public const int MostRows = 500_000;

    private const int LongestName = 200;

    /// <summary>Only told what it would do.</summary>
    public bool IsPreview { get; private init; }

    /// <summary>Of a preview: the file goes on behind what was sent.</summary>
    public bool IsPart { get; private init; }

    public string Mapping { get; private init; } = "";

    /// <summary>Whether the first row is a header; null where it is to be told from the row.</summary>
    public bool? HasHeader { get; private init; }

    public DuplicateRule Duplicates { get; private init; }

    public DuplicateKey By { get; private init; } = DuplicateKey.Both;

    public string? File { get; private init; }

    public static ImportRequest Read(HttpRequest request, FieldErrors errors)
    {
        var query = request.Query;
        var file = query["file"].ToString().Trim();
        if (file.Length > LongestName)
        {
            errors.Add(
                "file",
                $"El nombre pasa de {LongestName} caracteres.",
                $"The name is longer than {LongestName} characters.");
        }

        var isPreview = FlagQuery.Read(request, "preview", errors);
        return new ImportRequest
        {
            IsPreview = isPreview,
            IsPart = FlagQuery.Read(request, "part", errors) && isPreview,
            HasHeader = FlagQuery.Find(request, "header", errors),
            Mapping = query["mapping"].ToString(),
            Duplicates = Choice(query["duplicates"].ToString(), "duplicates", DuplicateRule.Skip, errors),
            By = Choice(query["by"].ToString(), "by", DuplicateKey.Both, errors),
            File = Text.PlainText.Of(file),
        };
    }

    private static T Choice<T>(string text, string field, T otherwise, FieldErrors errors)
        where T : struct, Enum
    {
        if (text.Length == 0)
        {
            return otherwise;
        }

        var name = Enum.GetNames<T>().FirstOrDefault(
            name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (name is null)
        {
            var names = string.Join(", ", Enum.GetNames<T>().Select(each => each.ToLowerInvariant()));
            errors.Add(field, $"Use uno de estos: {names}.", $"Use one of these: {names}.");
            return otherwise;
        }

        return Enum.Parse<T>(name);
    }
}
