using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>Reads how a file of an export is to be written: the parameter <c>separator</c>.</summary>
internal static class CsvQuery
{
    public const string Name = "separator";

    /// <summary>The form that is asked for, commas where none is.</summary>
    public static CsvForm Read(HttpRequest request, FieldErrors errors)
    {
        switch (request.Query[Name].ToString())
        {
            case "" or "comma":
                return CsvForm.Comma;
            case "semicolon":
                return CsvForm.Semicolon;
            default:
                errors.Add(Name, "Elija uno de: comma, semicolon.", "Choose one of: comma, semicolon.");
                return CsvForm.Comma;
        }
    }

    /// <summary>The same for a request that asks for nothing else.</summary>
    public static (CsvForm Form, IResult? Refusal) Read(HttpRequest request)
    {
        var errors = new FieldErrors();
        var form = Read(request, errors);
        return (form, errors.Any ? request.Invalid(errors) : null);
    }
}
