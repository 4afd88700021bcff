using System.Reflection;
using CallMyWay.Functions.Tests.Conventions.Planted.High;
using CallMyWay.Functions.Tests.Conventions.Planted.Low;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>A folder knows only the folders below it, by the types of the compiled assembly.</summary>
public sealed class FloorsTests
{
    private const string Planted = "CallMyWay.Functions.Tests.Conventions.Planted";

    [Fact]
    public void No_Folder_Of_The_Product_Knows_One_Above_It() =>
        Floors.OfFunctions.Breaches(typeof(CallMyWayServices).Assembly.GetTypes()).ShouldBeEmpty();

    [Fact]
    public void No_Folder_Of_The_Local_Host_Knows_One_Above_It() =>
        Floors.OfLocalHost.Breaches(typeof(LocalHostApp).Assembly.GetTypes()).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(InABody))]
    [InlineData(typeof(InALambda))]
    [InlineData(typeof(InAnAsyncMethod))]
    [InlineData(typeof(InAnIterator))]
    [InlineData(typeof(InACatch))]
    [InlineData(typeof(InATest))]
    [InlineData(typeof(InATypeOf))]
    [InlineData(typeof(InAnEnum))]
    [InlineData(typeof(InAGenericArgument))]
    [InlineData(typeof(InAGenericCall))]
    [InlineData(typeof(InAConstraint))]
    [InlineData(typeof(InAnAttribute))]
    [InlineData(typeof(InAnAttributesArgument))]
    [InlineData(typeof(InABase))]
    [InlineData(typeof(InAnArray))]
    [InlineData(typeof(InANestedType))]
    public void A_Use_Of_A_Higher_Type_Is_Found_Wherever_It_Stands(Type low)
    {
        var floors = new Floors(Planted, "Low", "High");

        var breach = floors.Breaches([low, .. low.GetNestedTypes(BindingFlags.NonPublic), typeof(Above)])
            .ShouldHaveSingleItem();

        breach.ShouldStartWith($"Low.{low.Name} uses High.");
        breach.ShouldContain("Low stands below High");
    }

    [Fact]
    public void A_Higher_Folder_May_Know_A_Lower_One() =>
        new Floors(Planted, "High", "Low").Breaches([typeof(InABody), typeof(InAnArray), typeof(Above)]).ShouldBeEmpty();

    [Fact]
    public void A_Folder_Without_A_Floor_Is_Found() =>
        new Floors(Planted, "High").Breaches([typeof(Above), typeof(InABody)])
            .ShouldHaveSingleItem().ShouldStartWith("The folder Low has no floor");

    [Fact]
    public void A_Floor_Without_A_Type_Is_Found() =>
        new Floors(Planted, "High", "Gone").Breaches([typeof(Above)]).ShouldHaveSingleItem().ShouldContain("Gone");
}
