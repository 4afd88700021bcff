using System.ComponentModel;
using CallMyWay.Functions.Tests.Conventions.Planted.High;

#pragma warning disable CA1052, CA1813, CA1823, CA2008, IDE0051, IDE0052, MA0048 // Bad examples are bad.
namespace CallMyWay.Functions.Tests.Conventions.Planted.High
{
    internal class Above
    {
        public static string Text() => "";
    }

    internal enum AboveKind
    {
        One,
        Two,
    }

    internal sealed class AboveException : Exception;

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class AboveAttribute : Attribute;
}

namespace CallMyWay.Functions.Tests.Conventions.Planted.Low
{
    internal static class InABody
    {
        public static int Length() => Above.Text().Length;
    }

    internal static class InALambda
    {
        public static Func<int, object> Make(int most) => count => count > most ? new Above() : "";
    }

    internal static class InAnAsyncMethod
    {
        public static async Task<int> LengthAsync()
        {
            await Task.Yield();
            return Above.Text().Length;
        }
    }

    internal static class InAnIterator
    {
        public static IEnumerable<string> Texts()
        {
            yield return Above.Text();
        }
    }

    internal static class InACatch
    {
        public static bool Try(Action action)
        {
            try
            {
                action();
                return true;
            }
            catch (AboveException)
            {
                return false;
            }
        }
    }

    internal static class InATest
    {
        public static bool Is(object what) => what is Above;
    }

    internal static class InATypeOf
    {
        public static string Name() => typeof(Above).Name;
    }

    internal static class InAnEnum
    {
        public static string Name(object kind) => kind is AboveKind.Two ? "two" : "";
    }

    internal sealed class InAGenericArgument
    {
        public IReadOnlyDictionary<string, IReadOnlyList<Above>> Found { get; } = null!;
    }

    internal static class InAGenericCall
    {
        public static object Make() => Activator.CreateInstance<Above>();
    }

    internal static class InAConstraint
    {
        public static string Show<T>(T what)
            where T : Above => $"{what}";
    }

    [Above]
    internal static class InAnAttribute;

    internal sealed class InAnAttributesArgument
    {
        [TypeConverter(typeof(Above))]
        public string Text { get; } = "";
    }

    internal sealed class InABase : Above;

    internal static class InAnArray
    {
        public static object Make() => new Above[1];
    }

    internal static class InANestedType
    {
        private sealed class Inner
        {
            public static int Length() => Above.Text().Length;
        }
    }
}
