using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Settings;

/// <summary>
/// Checks options by the attributes of their properties and says just what these say. (What the framework has for it
/// puts names of classes around that, and its generator leaves the messages of ranges out.)
/// </summary>
internal sealed class AnnotatedOptions<T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var failures = new List<ValidationResult>();
        return Validator.TryValidateObject(
            options, new ValidationContext(options), failures, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}
